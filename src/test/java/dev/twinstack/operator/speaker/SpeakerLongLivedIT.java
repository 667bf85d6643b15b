package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabLan;
import dev.twinstack.testing.lab.LabRouter;
import dev.twinstack.testing.lab.LanExtension;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Long-lived graceful restart with real BIRD as the helper (RFC 9494): after the restart time the
/// routes of both families stay, marked as stale.
@ExtendWith({LabExtension.class, LanExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpeakerLongLivedIT {

    private static final String V4 = "198.51.100.22";
    private static final String V6 = "2001:db8:51::22";
    private static final String LLGR_STALE = "(65535,6)";

    private final SpeakerScene scene;
    private final LabRouter bird;

    SpeakerLongLivedIT(LabCluster cluster, LabLan lan) {
        bird = lan.router("bird", "longlived", 147, config());
        scene = new SpeakerScene(cluster, "long-node");
    }

    @BeforeAll
    void connect() {
        scene.peerPolicy("bird", "gracefulRestart: {time: 2s, longLivedStaleTime: 1h}");
        scene.peer("bird", "peerASN: 64510, peerAddress: %s".formatted(bird.ipv4()));
        scene.awaitEstablished("bird");
        scene.service("web", V4, V6);
        await().atMost(SpeakerScene.SOON).until(() -> has(V4) && has(V6));
    }

    @AfterAll
    void stop() {
        scene.close();
        bird.close();
    }

    @Test
    void routesOutliveTheRestartTimeAsALastResort() {
        // When
        scene.killSpeaker();

        // Then they are marked when the restart time is over
        await().atMost(SpeakerScene.SOON).until(() -> isStale(V4) && isStale(V6));
        // And stay so
        await().during(Duration.ofSeconds(4))
                .atMost(SpeakerScene.SOON)
                .until(() -> isStale(V4) && isStale(V6));

        // When the speaker is back
        scene.startSpeaker();

        // Then they are as good as new
        await().atMost(SpeakerScene.SOON)
                .untilAsserted(() -> {
                    assertThat(has(V4) && has(V6)).isTrue();
                    assertThat(bird.show("show", "route", "all")).doesNotContain(LLGR_STALE);
                });
    }

    private boolean has(String address) {
        return !route(address).isEmpty();
    }

    private boolean isStale(String address) {
        return route(address).contains(LLGR_STALE);
    }

    /// Everything about its route; empty if there is none.
    private String route(String address) {
        String shown = bird.show("show", "route", "all", "for", address);
        return shown.contains("via") ? shown : "";
    }

    private static String config() {
        return """
        router id 10.66.0.147;
        protocol device {}
        protocol bgp node {
            local as 64510;
            neighbor 10.66.0.1 as 64512;
            passive on;
            hold time 9;
            graceful restart on;
            long lived graceful restart on;
            ipv4 { import all; export none; };
            ipv6 { import all; export none; };
        }
        """;
    }
}
