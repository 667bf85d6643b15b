package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabLan;
import dev.twinstack.testing.lab.LabRouter;
import dev.twinstack.testing.lab.LanExtension;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Graceful restart with real FRR as the helper (RFC 4724, RFC 8538): its forwarding table has the
/// routes of both families all the time while the speaker is away, and only then.
@ExtendWith({LabExtension.class, LanExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpeakerRestartIT {

    private static final String V4 = "198.51.100.12";
    private static final String V6 = "2001:db8:51::12";

    private final SpeakerScene scene;
    private final LabRouter helper;

    SpeakerRestartIT(LabCluster cluster, LabLan lan) {
        helper = lan.router("frr", "helper", 140, config());
        scene = new SpeakerScene(cluster, "restart-node");
    }

    @BeforeAll
    void connect() {
        addPeer();
        scene.service("web", V4, V6);
        await().atMost(SpeakerScene.SOON).until(this::forwardsBoth);
    }

    private void addPeer() {
        scene.peer(
                "helper",
                "peerASN: 64500, peerAddress: %s, enableGracefulRestart: true"
                        .formatted(helper.ipv4()));
        scene.awaitEstablished("helper");
    }

    @AfterAll
    void stop() {
        scene.close();
        helper.close();
    }

    @Test
    void theRoutesStayWhileAKilledSpeakerComesBack() {
        staysWhile(() -> {
            scene.killSpeaker();
            scene.startSpeaker();
            return scene.awaitEstablished("helper");
        });
    }

    @Test
    void theRoutesStayWhileThePodIsReplaced() {
        staysWhile(() -> {
            scene.stopSpeaker();
            scene.startSpeaker();
            return scene.awaitEstablished("helper");
        });
    }

    @Test
    void whatIsGoneMeanwhileGoesWithEndOfRib() {
        // Given a second Service, and a speaker that is away
        scene.service("mail", "198.51.100.13");
        await().atMost(SpeakerScene.SOON).until(() -> forwards("ip", "198.51.100.13/32"));
        scene.stopSpeaker();
        assertThat(forwards("ip", "198.51.100.13/32")).isTrue();

        // When the Service goes, and the speaker comes back
        scene.deleteService("mail");
        scene.startSpeaker();

        // Then its route goes too, and the other stays
        await().atMost(SpeakerScene.SOON).until(() -> !forwards("ip", "198.51.100.13/32"));
        assertThat(forwardsBoth()).isTrue();
    }

    @Test
    void aRemovedPeerKeepsNothing() {
        // When
        scene.removePeer("helper");

        // Then
        await().atMost(SpeakerScene.SOON)
                .until(() -> !forwards("ip", V4 + "/32") && !forwards("ipv6", V6 + "/128"));
        addPeer();
        await().atMost(SpeakerScene.SOON).until(this::forwardsBoth);
    }

    /// Looks again and again while it happens.
    private void staysWhile(Callable<?> happens) {
        int established = connections();
        var work =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                happens.call();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        while (work.isAlive()) {
            assertThat(forwardsBoth()).isTrue();
        }
        assertThat(connections()).isEqualTo(established + 1);
        assertThat(forwardsBoth()).isTrue();
    }

    private boolean forwardsBoth() {
        return forwards("ip", V4 + "/32") && forwards("ipv6", V6 + "/128");
    }

    private boolean forwards(String family, String prefix) {
        return helper.show("show " + family + " route " + prefix + " json")
                .contains("\"installed\":true");
    }

    private int connections() {
        return helper.show("show bgp neighbors")
                .lines()
                .filter(line -> line.contains("Connections established"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D+(\\d+);.*", "$1")))
                .findFirst()
                .orElseThrow();
    }

    private static String config() {
        return """
        frr defaults traditional
        router bgp 64500
         bgp router-id 10.66.0.140
         no bgp ebgp-requires-policy
         neighbor 10.66.0.1 remote-as 64512
         neighbor 10.66.0.1 passive
         address-family ipv6 unicast
          neighbor 10.66.0.1 activate
         exit-address-family
        """;
    }
}
