package dev.twinstack.operator.speaker;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabLan;
import dev.twinstack.testing.lab.LabRouter;
import dev.twinstack.testing.lab.LanExtension;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The speaker and real FRR: `dual` takes both families over IPv4 and over IPv6, `old` knows IPv4
/// only.
@ExtendWith({LabExtension.class, LanExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpeakerFrrIT {

    private static final String V4 = "198.51.100.7/32";
    private static final String V6 = "2001:db8:51::7/128";

    private final SpeakerScene scene;
    private final LabRouter dual;
    private final LabRouter old;

    SpeakerFrrIT(LabCluster cluster, LabLan lan) {
        dual = lan.router("frr", "dual", 110, bothFamilies());
        old = lan.router("frr", "old", 111, ipv4Only());
        scene = new SpeakerScene(cluster, "frr-node");
    }

    @BeforeAll
    void connect() {
        scene.peer("over-ipv4", "peerASN: 64500, peerAddress: %s".formatted(dual.ipv4()));
        scene.peer("over-ipv6", "peerASN: 64500, peerAddress: '%s'".formatted(dual.ipv6()));
        scene.peer("old", "peerASN: 64501, peerAddress: %s".formatted(old.ipv4()));
        scene.awaitEstablished("over-ipv4");
        scene.awaitEstablished("over-ipv6");
        scene.awaitEstablished("old");
    }

    @AfterEach
    void deleteServices() {
        scene.deleteService("web");
        awaitRoutes(dual, "ipv4");
        awaitRoutes(dual, "ipv6");
        awaitRoutes(old, "ipv4");
    }

    @AfterAll
    void stop() {
        scene.close();
        dual.close();
        old.close();
    }

    @Test
    void bothFamiliesGoOverEitherTransport() throws JsonProcessingException {
        // When
        scene.service("web", "198.51.100.7", "2001:db8:51::7");

        // Then FRR has each route from both sessions, with a next hop of its family
        awaitRoutes(dual, "ipv4", V4);
        awaitRoutes(dual, "ipv6", V6);
        await().atMost(SpeakerScene.SOON)
                .untilAsserted(() -> {
                    assertThat(nextHops(dual, "ipv4", V4))
                            .containsExactly("10.66.0.1 from 10.66.0.1", "10.66.0.1 from fd66::1");
                    assertThat(nextHops(dual, "ipv6", V6))
                            .containsExactly("fd66::1 from 10.66.0.1", "fd66::1 from fd66::1");
                });
        assertThat(scene.session("over-ipv4").orElseThrow().families())
                .containsExactly("IPv4", "IPv6");
    }

    @Test
    void whatARouterDoesNotTakeIsNotSentAndSaid() throws JsonProcessingException {
        // When
        scene.service("web", "198.51.100.7", "2001:db8:51::7");

        // Then the family it knows is there
        awaitRoutes(old, "ipv4", V4);
        // And the other is counted, with the reason
        await().atMost(SpeakerScene.SOON)
                .untilAsserted(() -> {
                    BGPSessionStatus session = scene.session("old").orElseThrow();
                    assertThat(session.families()).containsExactly("IPv4");
                    assertThat(session.peerFamilies()).containsExactly("IPv4");
                    assertThat(session.routes())
                            .filteredOn(routes -> routes.family().equals("IPv6"))
                            .singleElement()
                            .satisfies(routes -> {
                                assertThat(routes.announced()).isZero();
                                assertThat(routes.withheld()).isOne();
                                assertThat(routes.withheldBecause()).contains("IPv6");
                            });
                    assertThat(session.prefixes()).isEqualTo("IPv4 1, IPv6 0 of 1");
                    assertThat(session.problems())
                            .singleElement()
                            .asString()
                            .startsWith("1 IPv6 route is not sent: ");
                    assertThat(session.capabilities())
                            .filteredOn(capability -> capability.name().equals("IPv6 unicast"))
                            .singleElement()
                            .satisfies(capability -> {
                                assertThat(capability.offered()).isTrue();
                                assertThat(capability.answered()).isFalse();
                            });
                });
        // And said in an Event of the BGPPeer, the same one from each speaker that has run here
        await().atMost(SpeakerScene.SOON)
                .untilAsserted(() ->
                        assertThat(Set.copyOf(scene.peerEvents("old")))
                                .singleElement()
                                .asString()
                                .startsWith(
                                        "FamilyNotSent: node frr-node: 1 IPv6 route is not sent"));
    }

    @Test
    void whoHasAServiceIsWrittenAndExplained() throws JsonProcessingException {
        // When
        scene.service("web", "198.51.100.7", "2001:db8:51::7");

        // Then MetalLB's object names the peers
        await().atMost(SpeakerScene.SOON)
                .untilAsserted(() ->
                        assertThat(scene.statusPeers("web"))
                                .containsExactly(List.of("old", "over-ipv4", "over-ipv6")));
        // And each prefix is explained, by what the sessions' objects say
        await().atMost(SpeakerScene.SOON)
                .untilAsserted(() -> {
                    assertThat(scene.explanation(V4))
                            .contains("3 of the 3 sessions that should have it have it");
                    assertThat(scene.explanation(V6))
                            .contains("2 of the 3 sessions")
                            .contains(
                                    "\"peer\":\"old\",\"selected\":true,\"wanted\":true,\"sent\":false");
                });

        // When the Service goes, the object does too
        scene.deleteService("web");
        await().atMost(SpeakerScene.SOON).until(() -> scene.statusPeers("web").isEmpty());
    }

    @Test
    void routesComeAndGoWithTheServiceAndItsEndpointsAndNoSessionNotices()
            throws JsonProcessingException {
        // Given
        String before = sessionsMade(dual);
        scene.service("web", "198.51.100.7", "2001:db8:51::7");
        awaitRoutes(dual, "ipv4", V4);

        // When nothing serves any more
        scene.ready("web", false);
        awaitRoutes(dual, "ipv4");
        awaitRoutes(dual, "ipv6");

        // And serves again, on another address
        scene.ready("web", true);
        scene.service("web", "198.51.100.8");
        awaitRoutes(dual, "ipv4", "198.51.100.8/32");
        awaitRoutes(dual, "ipv6");

        // And the Service is deleted
        scene.deleteService("web");
        awaitRoutes(dual, "ipv4");

        // Then no session has been made anew
        assertThat(sessionsMade(dual)).isEqualTo(before);
    }

    @Test
    void aRestartBringsTheRoutesBack() throws JsonProcessingException {
        // Given
        scene.service("web", "198.51.100.7", "2001:db8:51::7");
        awaitRoutes(dual, "ipv4", V4);

        // When the speaker stops
        scene.stopSpeaker();
        awaitRoutes(dual, "ipv4");
        awaitRoutes(old, "ipv4");
        assertThat(scene.session("old").orElseThrow())
                .extracting(BGPSessionStatus::state, BGPSessionStatus::lastError)
                .containsExactly("Idle", "the speaker has stopped");

        // And starts again
        scene.startSpeaker();

        // Then everything is as it was
        awaitRoutes(dual, "ipv4", V4);
        awaitRoutes(dual, "ipv6", V6);
        awaitRoutes(old, "ipv4", V4);
    }

    @Test
    void aKilledSpeakerComesBack() throws JsonProcessingException {
        // Given
        scene.service("web", "198.51.100.7", "2001:db8:51::7");
        awaitRoutes(dual, "ipv4", V4);

        // When
        scene.killSpeaker();
        scene.startSpeaker();

        // Then
        awaitRoutes(dual, "ipv4", V4);
        awaitRoutes(dual, "ipv6", V6);
        scene.awaitEstablished("over-ipv4");
        scene.awaitEstablished("over-ipv6");
        scene.awaitEstablished("old");
    }

    @Test
    void whatTheSpeakerDoesIsSeen() {
        // When
        scene.service("web", "198.51.100.7", "2001:db8:51::7");
        awaitRoutes(dual, "ipv6", V6);

        // Then an Event says so, once
        await().atMost(SpeakerScene.SOON)
                .untilAsserted(() ->
                        assertThat(scene.events("web"))
                                .contains(
                                        "nodeAssigned: announcing from node \"frr-node\" with"
                                                + " protocol \"bgp\""));
        // And the API has sessions and routes
        when().get(scene.http("/api/v1/sessions"))
                .then()
                .statusCode(200)
                .body("find { it.peer == 'old' }.families", equalTo(List.of("IPv4")));
        when().get(scene.http("/api/v1/routes?peer=over-ipv6&family=ipv6"))
                .then()
                .statusCode(200)
                .body("prefix", hasItems(V6))
                .body("[0].sent", equalTo(true))
                .body("[0].services", hasItems("frr-node/web"));
        // And the metrics have MetalLB's names
        assertThat(scene.metrics())
                .contains("metallb_bgp_session_up{peer=\"10.66.0.110:179\",vrf=\"default\",} 1.0")
                .contains(
                        "metallb_bgp_announced_prefixes_total{peer=\"[fd66::110]:179\",vrf=\"default\",} 2.0")
                .contains(
                        "metallb_speaker_announced{service=\"frr-node/web\",protocol=\"bgp\","
                                + "node=\"frr-node\",ip=\"2001:db8:51::7\",} 1.0");
        assertThat(scene.configurationState()).isEqualTo("Valid");
    }

    private static void awaitRoutes(LabRouter router, String family, String... prefixes) {
        await("%s routes of %s".formatted(family, router.ipv4()))
                .atMost(SpeakerScene.SOON)
                .untilAsserted(
                        () -> assertThat(prefixes(router, family)).containsExactly(prefixes));
    }

    private static Set<String> prefixes(LabRouter router, String family)
            throws JsonProcessingException {
        Set<String> prefixes = new TreeSet<>();
        table(router, family).path("routes").fieldNames().forEachRemaining(prefixes::add);
        return prefixes;
    }

    /// `<next hop> from <peer>` of each path.
    private static Set<String> nextHops(LabRouter router, String family, String prefix)
            throws JsonProcessingException {
        Set<String> hops = new TreeSet<>();
        for (JsonNode path : table(router, family).path("routes").path(prefix)) {
            for (JsonNode hop : path.path("nexthops")) {
                if (!"link-local".equals(hop.path("scope").asText())) {
                    hops.add(hop.path("ip").asText() + " from " + path.path("peerId").asText());
                }
            }
        }
        return hops;
    }

    private static JsonNode table(LabRouter router, String family) throws JsonProcessingException {
        return json(router.show("show bgp %s unicast json".formatted(family)));
    }

    private static String sessionsMade(LabRouter router) throws JsonProcessingException {
        JsonNode neighbours = json(router.show("show bgp neighbors json"));
        StringBuilder made = new StringBuilder();
        neighbours
                .properties()
                .forEach(neighbour ->
                        made.append(neighbour.getKey())
                                .append(' ')
                                .append(neighbour.getValue().path("connectionsEstablished").asInt())
                                .append('\n'));
        return made.toString();
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }

    private static String bothFamilies() {
        return """
        frr defaults traditional
        router bgp 64500
         bgp router-id 10.66.0.110
         no bgp ebgp-requires-policy
         no bgp default ipv4-unicast
         neighbor NODE peer-group
         neighbor NODE remote-as 64512
         neighbor NODE timers 3 9
         neighbor NODE passive
         neighbor 10.66.0.1 peer-group NODE
         neighbor fd66::1 peer-group NODE
         address-family ipv4 unicast
          neighbor NODE activate
         exit-address-family
         address-family ipv6 unicast
          neighbor NODE activate
         exit-address-family
        """;
    }

    private static String ipv4Only() {
        return """
        frr defaults traditional
        router bgp 64501
         bgp router-id 10.66.0.111
         no bgp ebgp-requires-policy
         neighbor 10.66.0.1 remote-as 64512
         neighbor 10.66.0.1 timers 3 9
         neighbor 10.66.0.1 passive
        """;
    }
}
