package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabLan;
import dev.twinstack.testing.lab.LabRouter;
import dev.twinstack.testing.lab.LanExtension;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The speaker's BFD and FRR's bfdd, both families. On a machine that is busy with other tests 150
/// ms may pass without a packet: only the first test has timers that short.
@ExtendWith({LabExtension.class, LanExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpeakerBfdFrrIT {

    private static final String SLOW = "receiveInterval: 300, transmitInterval: 300";

    private final SpeakerScene scene;
    private final LabRouter fast;
    private final LabRouter slow;
    private final LabRouter far;
    private final LabRouter echo;

    SpeakerBfdFrrIT(LabCluster cluster, LabLan lan) {
        fast = lan.router("frr", "bfd-fast", 130, router(130, 64530, 50, false));
        slow = lan.router("frr", "bfd-slow", 131, router(131, 64531, 300, false));
        far = lan.router("frr", "bfd-far", 132, router(132, 64532, 300, true));
        echo = lan.router("frr", "bfd-echo", 133, router(133, 64533, 300, false));
        scene = new SpeakerScene(cluster, "bfd-frr-node");
    }

    @BeforeAll
    void connect() {
        scene.bfdProfile("fast", "receiveInterval: 50, transmitInterval: 50");
        scene.bfdProfile("slow", SLOW);
        scene.bfdProfile("waiting", SLOW + ", passiveMode: true, minimumTtl: 250");
        peer("fast", fast.ipv4(), 64530, "bfdProfile: fast");
        peer("fast-v6", fast.ipv6(), 64530, "bfdProfile: fast");
        peer("slow", slow.ipv4(), 64531, "bfdProfile: slow");
        peer("slow-v6", slow.ipv6(), 64531, "bfdProfile: slow");
        peer("far", far.ipv4(), 64532, "bfdProfile: waiting, ebgpMultiHop: true");
        peer("far-v6", far.ipv6(), 64532, "bfdProfile: waiting, ebgpMultiHop: true");
    }

    @AfterAll
    void stop() {
        scene.close();
        fast.close();
        slow.close();
        far.close();
        echo.close();
    }

    @Test
    void bothSidesAgreeOnThreeTimes50ms() {
        awaitBfd("fast", "Up");
        awaitBfd("fast-v6", "Up");

        for (String name : new String[] {"fast", "fast-v6"}) {
            await().atMost(SpeakerScene.SOON)
                    .ignoreExceptions()
                    .untilAsserted(() -> {
                        BGPSessionStatus.Bfd bfd = bfd(name);
                        assertThat(bfd.transmitIntervalMs()).isEqualTo(50);
                        assertThat(bfd.detectionTimeMs()).isEqualTo(150);
                    });
        }
        await().atMost(SpeakerScene.SOON)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(json(fast.show("show bfd peers json")))
                                .hasSize(2)
                                .allSatisfy(peer -> {
                                    assertThat(peer.path("multihop").asBoolean()).isFalse();
                                    assertThat(peer.path("status").asText()).isEqualTo("up");
                                    assertThat(peer.path("remote-receive-interval").asInt())
                                            .isEqualTo(50);
                                    assertThat(peer.path("remote-transmit-interval").asInt())
                                            .isEqualTo(50);
                                    assertThat(peer.path("remote-detect-multiplier").asInt())
                                            .isEqualTo(3);
                                }));
        assertThat(scene.metrics())
                .contains(
                        "metallb_bfd_session_up{peer=\"%s\",vrf=\"default\",}"
                                .formatted(fast.ipv6()));
    }

    @Test
    void aFrozenPeerEndsTheBgpSessionWithTheReason() {
        // Given
        for (String name : new String[] {"slow", "slow-v6"}) {
            scene.awaitEstablished(name);
            awaitBfd(name, "Up");
        }

        // When
        slow.freeze("bfdd");

        // Then
        for (String name : new String[] {"slow", "slow-v6"}) {
            await().atMost(SpeakerScene.SOON)
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(scene.session(name).orElseThrow().lastError())
                                    .contains(
                                            "no BFD packet from the peer for 900 ms (3 x 300 ms)"));
        }
        // And all is well again when the peer is
        slow.thaw("bfdd");
        for (String name : new String[] {"slow", "slow-v6"}) {
            awaitBfd(name, "Up");
            scene.awaitEstablished(name);
        }
    }

    @Test
    void aPeerShutDownOnPurposeIsNoFailure() {
        // Given a session that has been up for a while
        scene.awaitEstablished("far");
        awaitBfd("far", "Up");
        BGPSessionStatus before = scene.session("far").orElseThrow();

        // When
        far.show("configure terminal", "bfd", "profile router", "shutdown");
        awaitBfd("far", "Down");

        // Then
        BGPSessionStatus after = scene.session("far").orElseThrow();
        assertThat(bfd("far").lastDown()).contains("on purpose (AdminDown)");
        assertThat(after.state()).isEqualTo("Established");
        assertThat(after.since()).isEqualTo(before.since());
        // And it comes back
        far.show("configure terminal", "bfd", "profile router", "no shutdown");
        awaitBfd("far", "Up");
    }

    @Test
    void aPassiveOneComesUpOverSeveralHops() {
        awaitBfd("far", "Up");
        awaitBfd("far-v6", "Up");

        await().atMost(SpeakerScene.SOON)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(json(far.show("show bfd peers json")))
                                .hasSize(2)
                                .allSatisfy(peer -> {
                                    assertThat(peer.path("multihop").asBoolean()).isTrue();
                                    assertThat(peer.path("status").asText()).isEqualTo("up");
                                }));
    }

    @Test
    void echoPacketsComeBackFromARouterThatForwards() {
        // Given a profile with echo
        scene.bfdProfile(
                "echo", SLOW + ", echoMode: true, echoInterval: 100, detectMultiplier: 20");

        // When
        peer("echo", echo.ipv4(), 64533, "bfdProfile: echo");

        // Then echo packets return, the session stays up, and control packets are slow
        awaitBfd("echo", "Up");
        await().atMost(SpeakerScene.SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(echoes()).isGreaterThan(40));
        await().atMost(SpeakerScene.SOON)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(json(echo.show("show bfd peers json")))
                                .isNotEmpty()
                                .anySatisfy(peer ->
                                        assertThat(peer.path("remote-receive-interval").asInt())
                                                .isEqualTo(1000)));
        assertThat(bfd("echo").state()).isEqualTo("Up");
    }

    private double echoes() {
        String sample =
                "metallb_bfd_echo_packet_input{peer=\"%s\",vrf=\"default\",} "
                        .formatted(echo.ipv4());
        return scene.metrics()
                .lines()
                .filter(line -> line.startsWith(sample))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length())))
                .findFirst()
                .orElse(0);
    }

    private void peer(String name, String address, int asn, String more) {
        scene.peer(name, "peerASN: %d, peerAddress: '%s', %s".formatted(asn, address, more));
    }

    private void awaitBfd(String peer, String state) {
        await("BFD of %s is %s".formatted(peer, state))
                .atMost(SpeakerScene.SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(bfd(peer).state()).isEqualTo(state));
    }

    private BGPSessionStatus.Bfd bfd(String peer) {
        return Objects.requireNonNull(scene.session(peer).orElseThrow().bfd());
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }

    private static String router(int number, int asn, int interval, boolean multihop) {
        return """
        frr defaults traditional
        ip forwarding
        bfd
         profile router
          receive-interval %1$d
          transmit-interval %1$d
         exit
        exit
        router bgp %2$d
         bgp router-id 10.66.0.%3$d
         no bgp ebgp-requires-policy
         neighbor NODE peer-group
         neighbor NODE remote-as 64512
         neighbor NODE timers 3 9
         neighbor NODE passive
         %4$s
         neighbor 10.66.0.1 peer-group NODE
         neighbor 10.66.0.1 bfd
         neighbor 10.66.0.1 bfd profile router
         neighbor fd66::1 peer-group NODE
         neighbor fd66::1 bfd
         neighbor fd66::1 bfd profile router
        """
                .formatted(
                        interval,
                        asn,
                        number,
                        multihop ? "neighbor NODE ebgp-multihop 4" : "! direct");
    }
}
