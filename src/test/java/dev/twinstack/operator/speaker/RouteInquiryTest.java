package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.announce.NodeView;
import dev.twinstack.announce.ServiceView;
import dev.twinstack.announce.ServingEndpoints;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.config.BgpAdvertisement;
import dev.twinstack.config.ClusterConfig;
import dev.twinstack.config.Peer;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.operator.speaker.RouteAnswer.PeerAnswer;
import dev.twinstack.operator.testing.SessionStatuses;
import dev.twinstack.selector.LabelSelector;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RouteInquiryTest {

    private static final ServiceKey WEB = new ServiceKey("shop", "web");
    private static final Pool LAN =
            new Pool(
                    "lan",
                    List.of(
                            IpPrefix.parse("192.0.2.0/24").range(),
                            IpPrefix.parse("2001:db8::/64").range()),
                    true,
                    true,
                    Optional.empty());

    private final Map<String, Map<String, BGPSessionStatus>> sessions = new HashMap<>();
    private ServingEndpoints endpoints = new ServingEndpoints(true, Set.of("n1"));
    private boolean local;
    private List<Peer> peers = List.of(peer("tor"));
    private List<BgpAdvertisement> advertisements = List.of(advertisement(32, Set.of()));

    @Test
    void whoHasItAndWhoHasNoSession() {
        sessions.put("n1", Map.of("tor", SessionReport.of("n1", SessionStatuses.ipv4Only())));

        RouteAnswer answer = explain("192.0.2.7/32");

        assertThat(answer.verdict()).isEqualTo("1 of the 2 sessions that should have it have it");
        assertThat(answer.services()).containsExactly("shop/web");
        assertThat(whys(answer))
                .containsOnly(
                        Map.entry("n1 tor", "has it"),
                        Map.entry(
                                "n2 tor", "no speaker of node n2 has reported a session with it"));
    }

    @Test
    void theFamilyIsNotNegotiated() {
        sessions.put("n1", Map.of("tor", SessionReport.of("n1", SessionStatuses.ipv4Only())));

        assertThat(whys(explain("2001:db8::7/128")))
                .containsEntry("n1 tor", "the peer did not offer IPv6");
    }

    @Test
    void theSessionIsDown() {
        sessions.put(
                "n1",
                Map.of(
                        "tor",
                        SessionReport.of("n1", SessionStatuses.inState(SessionState.ACTIVE))));

        assertThat(whys(explain("192.0.2.7/32")))
                .containsEntry(
                        "n1 tor", "the session is not established: Active (nobody listens there)");
    }

    @Test
    void theNodeHasNoEndpoint() {
        local = true;

        assertThat(whys(explain("192.0.2.7/32")))
                .containsEntry("n2 tor", "shop/web: no endpoint on node n2 can serve");
    }

    @Test
    void nothingServes() {
        endpoints = ServingEndpoints.NONE;

        RouteAnswer answer = explain("192.0.2.7/32");

        assertThat(answer.verdict()).isEqualTo("nobody is to have it");
        assertThat(whys(answer)).containsEntry("n1 tor", "shop/web: no endpoint can serve");
    }

    @Test
    void theAdvertisementNamesOtherPeers() {
        advertisements = List.of(advertisement(32, Set.of("spine")));

        assertThat(whys(explain("192.0.2.7/32")))
                .containsEntry(
                        "n1 tor",
                        "shop/web: no BGPAdvertisement of pool lan that fits the Service and node"
                                + " n1 names peer tor");
    }

    @Test
    void thereIsNoAdvertisement() {
        advertisements = List.of();

        assertThat(whys(explain("192.0.2.7/32")))
                .containsEntry(
                        "n1 tor", "shop/web: no BGPAdvertisement of pool lan covers node n1");
    }

    @Test
    void thePeerSelectsOtherNodes() {
        peers = List.of(peer("tor", new LabelSelector(Map.of("rack", "a"), List.of())));

        RouteAnswer answer = explain("192.0.2.7/32");

        assertThat(whys(answer)).containsEntry("n2 tor", "BGPPeer tor does not select node n2");
        assertThat(answer.peers()).extracting(PeerAnswer::selected).containsExactly(true, false);
    }

    @Test
    void itGoesAsPartOfAnAggregate() {
        advertisements = List.of(advertisement(24, Set.of()));
        sessions.put("n1", Map.of("tor", SessionReport.of("n1", SessionStatuses.ipv4Only())));

        PeerAnswer answer = explain("192.0.2.7/32").peers().getFirst();

        assertThat(answer.as()).isEqualTo("192.0.2.0/24");
        assertThat(answer.sent()).isTrue();
    }

    @Test
    void nobodyHasAnAddressInIt() {
        RouteAnswer answer = explain("192.0.2.8/32");

        assertThat(answer.verdict()).isEqualTo("no Service has an address in it");
        assertThat(whys(answer)).containsEntry("n1 tor", "no Service has an address in it");
    }

    @Test
    void allRoutesOfAllNodes() {
        sessions.put("n1", Map.of("tor", SessionReport.of("n1", SessionStatuses.ipv4Only())));

        assertThat(inquiry().routes())
                .extracting(route -> route.node() + " " + route.prefix() + " " + route.sent())
                .containsExactly(
                        "n1 192.0.2.7/32 true",
                        "n1 2001:db8::7/128 false",
                        "n2 192.0.2.7/32 false",
                        "n2 2001:db8::7/128 false");
    }

    private RouteAnswer explain(String prefix) {
        return inquiry().explain(IpPrefix.parse(prefix));
    }

    private RouteInquiry inquiry() {
        return new RouteInquiry(
                new ClusterConfig(List.of(LAN), peers, advertisements, List.of(), Map.of()),
                List.of(
                        new NodeView("n1", Map.of("rack", "a"), false),
                        new NodeView("n2", Map.of("rack", "b"), false)),
                List.of(
                        new ServiceView(
                                WEB, Map.of(), true, local, List.of("192.0.2.7", "2001:db8::7"))),
                service -> endpoints,
                sessions,
                false);
    }

    /// Why not, by node and peer.
    private static Map<String, String> whys(RouteAnswer answer) {
        Map<String, String> whys = new TreeMap<>();
        answer.peers()
                .forEach(peer ->
                        whys.put(
                                peer.node() + " " + peer.peer(),
                                peer.sent() ? "has it" : String.valueOf(peer.why())));
        return whys;
    }

    private static BgpAdvertisement advertisement(int length, Set<String> peers) {
        return new BgpAdvertisement(
                "lan",
                Set.of("lan"),
                length,
                128,
                OptionalLong.empty(),
                Collections.emptySortedSet(),
                Collections.emptySortedSet(),
                List.of(),
                peers,
                List.of());
    }

    private static Peer peer(String name, LabelSelector... nodes) {
        return new Peer(
                name,
                new Asn(64512),
                PeerAsn.exactly(64500),
                Optional.empty(),
                new Peer.Endpoint.Address(IpAddress.parse("192.0.2.254")),
                Optional.empty(),
                179,
                new Peer.Timers(Duration.ofSeconds(90), Optional.empty(), Optional.empty()),
                Optional.empty(),
                List.of(nodes),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                false,
                false);
    }
}
