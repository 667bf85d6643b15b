package dev.twinstack.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.config.BgpAdvertisement;
import dev.twinstack.config.ClusterConfig;
import dev.twinstack.config.Peer;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.selector.LabelSelector;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdvertisementPlannerTest {

    private static final NodeView NODE = new NodeView("n1", Map.of("rack", "a"), false);
    private static final ServingEndpoints HERE = new ServingEndpoints(true, Set.of("n1"));
    private static final ServingEndpoints ELSEWHERE = new ServingEndpoints(true, Set.of("n2"));

    private static final Pool LAN =
            new Pool(
                    "lan",
                    List.of(
                            IpPrefix.parse("192.0.2.0/24").range(),
                            IpPrefix.parse("2001:db8::/64").range()),
                    true,
                    true,
                    Optional.empty());
    private static final Pool OTHER = Pool.open("other", IpPrefix.parse("198.51.100.0/24").range());

    @Test
    void eachFamilyIsAggregatedByItsOwnLength() {
        Announcement announcement =
                planner(NODE, peer("tor"), advertisement("lan", 24, 64, 0))
                        .plan(service(false, "192.0.2.7", "2001:db8::7"), HERE);

        assertThat(announcement)
                .isEqualTo(
                        new Announcement.Announced(
                                "lan",
                                Map.of(
                                        "tor",
                                        Map.of(
                                                IpPrefix.parse("192.0.2.0/24"),
                                                RouteAttributes.NONE,
                                                IpPrefix.parse("2001:db8::/64"),
                                                RouteAttributes.NONE))));
    }

    @Test
    void peersAreThoseOfTheNode() {
        Peer otherRack = peer("far", new LabelSelector(Map.of("rack", "b"), List.of()));
        Peer thisRack = peer("near", new LabelSelector(Map.of("rack", "a"), List.of()));

        AdvertisementPlanner planner =
                new AdvertisementPlanner(
                        config(
                                List.of(otherRack, thisRack),
                                List.of(advertisement("lan", 32, 128, 0))),
                        NODE,
                        false);

        assertThat(planner.peers()).containsExactly(thisRack);
        assertThat(planner.plan(service(false, "192.0.2.7"), HERE).routes())
                .containsOnlyKeys("near");
    }

    @Test
    void withPolicyLocalOnlyANodeWithAnEndpointAnnounces() {
        AdvertisementPlanner planner = planner(NODE, peer("tor"), advertisement("lan", 32, 128, 0));

        assertThat(planner.plan(service(true, "192.0.2.7"), HERE).routes()).isNotEmpty();
        assertThat(reason(planner.plan(service(true, "192.0.2.7"), ELSEWHERE)))
                .isEqualTo(SilenceReason.NO_LOCAL_ENDPOINTS);
        assertThat(planner.plan(service(false, "192.0.2.7"), ELSEWHERE).routes()).isNotEmpty();
    }

    @Test
    void aServiceThatMovesToAnotherPoolIsAnnouncedFromBoth() {
        // Given pools that are announced in different ways
        AdvertisementPlanner planner =
                planner(
                        NODE,
                        peer("tor"),
                        advertisement("lan", 32, 128, 100),
                        advertisement("other", 24, 128, 200));

        // When
        Announcement announcement =
                planner.plan(
                        leaving("192.0.2.7", service(false, "192.0.2.7", "198.51.100.7")), HERE);

        // Then
        assertThat(announcement)
                .isEqualTo(
                        new Announcement.Announced(
                                "other",
                                Map.of(
                                        "tor",
                                        Map.of(
                                                IpPrefix.parse("192.0.2.7/32"),
                                                preference(100),
                                                IpPrefix.parse("198.51.100.0/24"),
                                                preference(200)))));
    }

    @Test
    void whatAServiceLeavesIsAnnouncedEvenIfItsNewAddressIsNot() {
        AdvertisementPlanner planner = planner(NODE, peer("tor"), advertisement("lan", 32, 128, 0));

        Announcement announcement =
                planner.plan(
                        leaving("192.0.2.7", service(false, "192.0.2.7", "198.51.100.7")), HERE);

        assertThat(announcement.routes().get("tor"))
                .containsOnlyKeys(IpPrefix.parse("192.0.2.7/32"));
    }

    @Test
    void allAddressesMustBeOfOnePoolThatHoldsThem() {
        AdvertisementPlanner planner = planner(NODE, peer("tor"), advertisement("lan", 32, 128, 0));

        assertThat(reason(planner.plan(service(false, "192.0.2.7", "198.51.100.7"), HERE)))
                .isEqualTo(SilenceReason.IP_NOT_ALLOWED);
        assertThat(reason(planner.plan(service(false, "192.0.3.0"), HERE)))
                .isEqualTo(SilenceReason.IP_NOT_ALLOWED);
        assertThat(reason(planner.plan(service(false, "192.0.1.255"), HERE)))
                .isEqualTo(SilenceReason.IP_NOT_ALLOWED);
        // avoidBuggyIPs takes these two out of the pool, but no IPv6 address
        assertThat(reason(planner.plan(service(false, "192.0.2.0"), HERE)))
                .isEqualTo(SilenceReason.IP_NOT_ALLOWED);
        assertThat(reason(planner.plan(service(false, "192.0.2.255"), HERE)))
                .isEqualTo(SilenceReason.IP_NOT_ALLOWED);
        assertThat(planner.plan(service(false, "2001:db8::ff"), HERE).routes()).isNotEmpty();
    }

    @Test
    void aConflictIsOneOnlyWhereItWouldShow() {
        AdvertisementPlanner planner =
                planner(
                        NODE,
                        peer("tor"),
                        advertisement("lan", 32, 64, 100),
                        advertisement("lan", 32, 128, 200));

        assertThat(planner.plan(service(false, "192.0.2.7"), HERE))
                .isInstanceOfSatisfying(
                        Announcement.Silent.class,
                        silent -> {
                            assertThat(silent.reason())
                                    .isEqualTo(SilenceReason.CONFLICTING_ADVERTISEMENTS);
                            assertThat(silent.detail())
                                    .contains("100", "200", "192.0.2.7/32", "tor");
                        });
        assertThat(planner.plan(service(false, "2001:db8::7"), HERE).routes().get("tor"))
                .containsOnlyKeys(
                        IpPrefix.parse("2001:db8::/64"), IpPrefix.parse("2001:db8::7/128"));
    }

    @Test
    void theExcludeLabelCanBeIgnored() {
        NodeView excluded = new NodeView("n1", Map.of(NodeView.EXCLUDE_LABEL, "false"), false);
        ClusterConfig config =
                config(List.of(peer("tor")), List.of(advertisement("lan", 32, 128, 0)));

        assertThat(
                        reason(
                                new AdvertisementPlanner(config, excluded, false)
                                        .plan(service(false, "192.0.2.7"), HERE)))
                .isEqualTo(SilenceReason.NODE_LABELED_EXCLUDE_BALANCERS);
        assertThat(
                        new AdvertisementPlanner(config, excluded, true)
                                .plan(service(false, "192.0.2.7"), HERE)
                                .routes())
                .isNotEmpty();
    }

    private static AdvertisementPlanner planner(
            NodeView node, Peer peer, BgpAdvertisement... advertisements) {
        return new AdvertisementPlanner(
                config(List.of(peer), List.of(advertisements)), node, false);
    }

    private static ClusterConfig config(List<Peer> peers, List<BgpAdvertisement> advertisements) {
        return new ClusterConfig(List.of(LAN, OTHER), peers, advertisements, List.of(), Map.of());
    }

    private static BgpAdvertisement advertisement(
            String pool, int length, int lengthV6, long localPref) {
        return new BgpAdvertisement(
                "of-" + pool,
                Set.of(pool),
                length,
                lengthV6,
                localPref == 0 ? OptionalLong.empty() : OptionalLong.of(localPref),
                Collections.emptySortedSet(),
                Collections.emptySortedSet(),
                List.of(),
                Set.of(),
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

    private static ServiceView service(boolean local, String... ingress) {
        return new ServiceView(
                new ServiceKey("shop", "web"), Map.of(), true, local, List.of(ingress));
    }

    private static ServiceView leaving(String address, ServiceView its) {
        return new ServiceView(
                its.key(),
                its.labels(),
                its.loadBalancer(),
                its.localTraffic(),
                its.ingress(),
                Set.of(IpAddress.parse(address)));
    }

    private static RouteAttributes preference(long value) {
        return new RouteAttributes(
                OptionalLong.of(value), Collections.emptySortedSet(), Collections.emptySortedSet());
    }

    private static SilenceReason reason(Announcement announcement) {
        return switch (announcement) {
            case Announcement.Announced announced ->
                    throw new AssertionError("announced: " + announced);
            case Announcement.Silent silent -> silent.reason();
        };
    }
}
