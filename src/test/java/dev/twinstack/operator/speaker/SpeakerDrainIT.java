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
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// A node that leaves (RFC 8326), seen by real FRR: routes lose their preference, then go, then
/// comes the Cease with its text. `plain` has no graceful restart, `helper` has.
@ExtendWith({LabExtension.class, LanExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpeakerDrainIT {

    private static final String NODE = "drain-node";
    private static final String V4 = "198.51.100.21";
    private static final String V6 = "2001:db8:51::21";

    private final SpeakerScene scene;
    private final LabRouter plain;
    private final LabRouter helper;

    SpeakerDrainIT(LabCluster cluster, LabLan lan) {
        plain = lan.router("frr", "plain", 145, config(145));
        helper = lan.router("frr", "helper2", 146, config(146));
        scene = new SpeakerScene(cluster, NODE);
    }

    @BeforeAll
    void connect() {
        scene.peerPolicy("plain", "gracefulShutdown: {drainTime: 3s}");
        scene.peerPolicy("helper", "gracefulShutdown: {drainTime: 3s}, gracefulRestart: {}");
        scene.peer("plain", "peerASN: 64500, peerAddress: %s".formatted(plain.ipv4()));
        scene.peer("helper", "peerASN: 64500, peerAddress: %s".formatted(helper.ipv4()));
        scene.service("web", V4, V6);
        awaitAllIsWell();
    }

    @AfterAll
    void stop() {
        scene.close();
        plain.close();
        helper.close();
    }

    @Test
    void aDrainedNodeLosesPreferenceThenRoutesThenSessions() {
        // When
        String asked = scene.command("drain", NODE, "--reason", "new kernel", "--timeout", "0s");

        // Then both routers prefer others
        assertThat(asked).isEmpty();
        await().atMost(SpeakerScene.SOON)
                .untilAsserted(() -> {
                    assertIsLastResort(plain);
                    assertIsLastResort(helper);
                });
        assertThat(scene.session("plain").map(BGPSessionStatus::state)).contains("Established");
        // And after the drain time the routes go, while the session still stands
        await().pollInterval(Duration.ofMillis(20))
                .atMost(SpeakerScene.SOON)
                .until(() -> paths(plain, "ipv4").isEmpty() && paths(plain, "ipv6").isEmpty());
        assertThat(neighbor(plain).path("bgpState").asText()).isEqualTo("Established");
        // And at last the sessions, also of the router that would keep routes
        await().atMost(SpeakerScene.SOON)
                .untilAsserted(() -> {
                    assertThat(neighbor(plain).path("lastNotificationReason").asText())
                            .contains("Cease/Administrative Shutdown");
                    assertThat(neighbor(plain).path("lastShutdownDescription").asText())
                            .isEqualTo("node drain-node is drained: new kernel");
                    assertThat(paths(helper, "ipv4")).isEmpty();
                    assertThat(paths(helper, "ipv6")).isEmpty();
                    assertThat(neighbor(helper).path("lastNotificationReason").asText())
                            .contains("Cease");
                });
        // And people see why
        await().atMost(SpeakerScene.SOON)
                .untilAsserted(() ->
                        assertThat(scene.session("helper").orElseThrow())
                                .satisfies(status -> {
                                    assertThat(status.state()).isEqualTo("Idle");
                                    assertThat(status.drain()).isEqualTo("Drained");
                                    assertThat(status.lastError())
                                            .isEqualTo(
                                                    "drained: node drain-node is drained: new"
                                                            + " kernel");
                                }));

        // When the speaker is restarted
        scene.stopSpeaker();
        scene.startSpeaker();

        // Then it is still drained
        await().atMost(SpeakerScene.SOON)
                .until(() ->
                        scene.session("plain")
                                .map(BGPSessionStatus::lastError)
                                .filter(text -> text.contains("new kernel"))
                                .isPresent());
        assertThat(paths(plain, "ipv4")).isEmpty();

        // When
        String back = scene.command("drain", NODE, "--undo");

        // Then
        assertThat(back).contains("drain-node has its traffic back");
        awaitAllIsWell();
        assertThat(localPreference(plain)).isNotZero();
    }

    @Test
    void aSpeakerThatStopsDrainsWhereTheRouterKeepsNothing() {
        // Given
        awaitAllIsWell();

        // When
        Thread stop = Thread.ofVirtual().start(scene::stopSpeaker);

        // Then one router is asked to prefer others, and the other one keeps the routes
        await().pollInterval(Duration.ofMillis(20))
                .atMost(SpeakerScene.SOON)
                .untilAsserted(() -> assertIsLastResort(plain));
        assertThat(stop.isAlive()).isTrue();
        await().atMost(SpeakerScene.SOON).until(() -> !stop.isAlive());
        assertThat(paths(plain, "ipv4")).isEmpty();
        assertThat(localPreference(helper)).isNotZero();
        scene.startSpeaker();
        awaitAllIsWell();
    }

    @Test
    void aNodeThatDoesNotExistIsSaid() {
        assertThat(scene.command("drain", "nobody"))
                .contains("there is no node nobody; kubectl get nodes shows them");
    }

    private void awaitAllIsWell() {
        await().atMost(SpeakerScene.SOON)
                .untilAsserted(() -> {
                    for (LabRouter router : new LabRouter[] {plain, helper}) {
                        assertThat(paths(router, "ipv4")).hasSize(1);
                        assertThat(paths(router, "ipv6")).hasSize(1);
                    }
                });
        scene.awaitEstablished("plain");
        scene.awaitEstablished("helper");
    }

    /// FRR gives routes with GRACEFUL_SHUTDOWN the local preference 0.
    private static void assertIsLastResort(LabRouter router) {
        assertThat(paths(router, "ipv4"))
                .singleElement()
                .satisfies(path -> {
                    assertThat(path.path("community").path("string").asText())
                            .isEqualTo("graceful-shutdown");
                    assertThat(path.path("locPrf").asInt(-1)).isZero();
                });
    }

    private static int localPreference(LabRouter router) {
        return paths(router, "ipv4").iterator().next().path("locPrf").asInt(100);
    }

    private static JsonNode paths(LabRouter router, String family) {
        String prefix = family.equals("ipv4") ? V4 + "/32" : V6 + "/128";
        return json(router.show("show bgp %s unicast %s json".formatted(family, prefix)))
                .path("paths");
    }

    private static JsonNode neighbor(LabRouter router) {
        return json(router.show("show bgp neighbors 10.66.0.1 json")).path("10.66.0.1");
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String config(int number) {
        return """
        frr defaults traditional
        router bgp 64500
         bgp router-id 10.66.0.%d
         no bgp ebgp-requires-policy
         neighbor 10.66.0.1 remote-as 64512
         neighbor 10.66.0.1 passive
         address-family ipv6 unicast
          neighbor 10.66.0.1 activate
         exit-address-family
        """
                .formatted(number);
    }
}
