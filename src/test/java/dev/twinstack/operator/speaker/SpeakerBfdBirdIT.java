package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabLan;
import dev.twinstack.testing.lab.LabRouter;
import dev.twinstack.testing.lab.LanExtension;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The speaker's BFD and BIRD's, both families, one hop and several.
@ExtendWith({LabExtension.class, LanExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpeakerBfdBirdIT {

    private final SpeakerScene scene;
    private final LabRouter direct;
    private final LabRouter far;

    SpeakerBfdBirdIT(LabCluster cluster, LabLan lan) {
        direct = lan.router("bird", "bird-direct", 140, router(140, "direct"));
        far = lan.router("bird", "bird-far", 141, router(141, "multihop 4"));
        scene = new SpeakerScene(cluster, "bfd-bird-node");
    }

    @BeforeAll
    void connect() {
        scene.bfdProfile("fast", "receiveInterval: 50, transmitInterval: 50");
        // BIRD sends over several hops with TTL 64
        scene.bfdProfile("far", "receiveInterval: 50, transmitInterval: 50, minimumTtl: 64");
        peer("direct", direct.ipv4(), "fast", false);
        peer("direct-v6", direct.ipv6(), "fast", false);
        peer("far", far.ipv4(), "far", true);
        peer("far-v6", far.ipv6(), "far", true);
    }

    @AfterAll
    void stop() {
        scene.close();
        direct.close();
        far.close();
    }

    @Test
    void bothSidesAgreeOnThreeTimes50ms() {
        for (String name : List.of("direct", "direct-v6", "far", "far-v6")) {
            await("BFD of " + name)
                    .atMost(SpeakerScene.SOON)
                    .ignoreExceptions()
                    .untilAsserted(() -> {
                        BGPSessionStatus.Bfd bfd =
                                Objects.requireNonNull(scene.session(name).orElseThrow().bfd());
                        assertThat(bfd.state()).isEqualTo("Up");
                        assertThat(bfd.transmitIntervalMs()).isEqualTo(50);
                        assertThat(bfd.detectionTimeMs()).isEqualTo(150);
                    });
        }
        // Columns: address, interface, state, since, interval, timeout
        for (LabRouter router : List.of(direct, far)) {
            for (String node : List.of(LabLan.OWN_IPV4, LabLan.OWN_IPV6)) {
                await().atMost(SpeakerScene.SOON)
                        .ignoreExceptions()
                        .untilAsserted(() ->
                                assertThat(router.show("show", "bfd", "sessions").lines())
                                        .filteredOn(line -> line.startsWith(node + " "))
                                        .singleElement()
                                        .satisfies(line ->
                                                assertThat(line)
                                                        .contains(" Up ")
                                                        .containsPattern("0\\.050\\s+0\\.150")));
            }
        }
    }

    private void peer(String name, String address, String profile, boolean multihop) {
        scene.peer(
                name,
                "peerASN: 64540, peerAddress: '%s', bfdProfile: %s, ebgpMultiHop: %s"
                        .formatted(address, profile, multihop));
    }

    private static String router(int number, String hops) {
        return """
        router id 10.66.0.%1$d;
        protocol device {}
        protocol bfd {
            interface "*" { interval 50 ms; multiplier 3; };
            multihop { interval 50 ms; multiplier 3; };
        }
        template bgp node {
            local as 64540;
            passive on;
            hold time 9;
            error wait time 1, 1;
            %2$s;
            bfd on;
            ipv4 { import all; export none; };
        }
        protocol bgp v4 from node { neighbor 10.66.0.1 as 64512; source address 10.66.0.%1$d; }
        protocol bgp v6 from node { neighbor fd66::1 as 64512; source address fd66::%1$d; }
        """
                .formatted(number, hops);
    }
}
