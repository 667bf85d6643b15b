package dev.twinstack.bgp.rib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.LargeCommunity;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.ReceivedRoute;
import dev.twinstack.bgp.session.Agreement;
import dev.twinstack.bgp.session.Negotiated;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.Aggregator;
import dev.twinstack.bgp.wire.AsPath;
import dev.twinstack.bgp.wire.AtomicAggregate;
import dev.twinstack.bgp.wire.AttributeType;
import dev.twinstack.bgp.wire.ClusterList;
import dev.twinstack.bgp.wire.Communities;
import dev.twinstack.bgp.wire.ExtendedCommunities;
import dev.twinstack.bgp.wire.LargeCommunities;
import dev.twinstack.bgp.wire.LocalPreference;
import dev.twinstack.bgp.wire.MpReach;
import dev.twinstack.bgp.wire.MultiExitDiscriminator;
import dev.twinstack.bgp.wire.NextHop;
import dev.twinstack.bgp.wire.Nlri;
import dev.twinstack.bgp.wire.Octets;
import dev.twinstack.bgp.wire.OnlyToCustomer;
import dev.twinstack.bgp.wire.Origin;
import dev.twinstack.bgp.wire.OriginatorId;
import dev.twinstack.bgp.wire.PathAttribute;
import dev.twinstack.bgp.wire.UnknownAttribute;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.bgp.wire.WireOptions;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The choice between routes of several peers (RFC 4271 section 9.1.2.2).
class LocRibTest {

    private static final IpPrefix PREFIX = IpPrefix.parse("198.51.100.0/24");

    private final List<AdjRibIn> peers = new ArrayList<>();

    @Test
    void theHigherLocalPrefWins() {
        announce(peer(1), path(64501), new LocalPreference(50));
        announce(peer(2), path(64501, 64502), new LocalPreference(200));

        assertThat(best()).isEqualTo("peer2");
    }

    @Test
    void thenTheShorterPath() {
        announce(peer(1), path(64501, 64502));
        announce(peer(2), path(64503));

        assertThat(best()).isEqualTo("peer2");
    }

    @Test
    void thenTheOrigin() {
        announce(peer(1), path(64501), Origin.INCOMPLETE);
        announce(peer(2), path(64502), Origin.EGP);

        assertThat(best()).isEqualTo("peer2");
    }

    @Test
    void thenTheLowerMedOfOneNeighbour() {
        announce(peer(1), path(64501), new MultiExitDiscriminator(20));
        announce(peer(2), path(64501), new MultiExitDiscriminator(10));

        assertThat(best()).isEqualTo("peer2");
    }

    @Test
    void medsOfDifferentNeighboursAreNotCompared() {
        announce(peer(1), path(64501), new MultiExitDiscriminator(20));
        announce(peer(2), path(64502), new MultiExitDiscriminator(10));

        assertThat(best()).isEqualTo("peer1");
    }

    @Test
    void thenTheLowerIdentifier() {
        announce(peer(2), path(64502));
        announce(peer(1), path(64501));

        assertThat(LocRib.routes(peers))
                .extracting(ReceivedRoute::peer, ReceivedRoute::best)
                .containsExactly(tuple("peer1", true), tuple("peer2", false));
    }

    @Test
    void aRouteIsOutByTheMedOfANeighbourThatLosesToAnother() {
        // Given the case that has no order: 1 beats 2, 2 beats 3 and 3 beats 1, one by one
        announce(peer(1), path(64501), new MultiExitDiscriminator(20));
        announce(peer(2), path(64502), new MultiExitDiscriminator(99));
        announce(peer(3), path(64501), new MultiExitDiscriminator(10));

        assertThat(best()).as("1 is out by 3, then the identifiers decide").isEqualTo("peer2");
    }

    @Test
    void thenExternalBeforeInternal() {
        announce(internalPeer(1), path(64501));
        announce(peer(2), path(64502));

        assertThat(best()).isEqualTo("peer2");
    }

    @Test
    void theIdentifierOfAReflectedRouteIsItsOriginators() {
        announce(internalPeer(1), path(64501), new OriginatorId(IpAddress.parse("192.0.2.200")));
        announce(internalPeer(2), path(64501));

        assertThat(best()).isEqualTo("peer2");
    }

    @Test
    void thenFewerClustersThenTheLowerAddress() {
        IpAddress originator = IpAddress.parse("192.0.2.9");
        announce(
                internalPeer(1),
                path(64501),
                new OriginatorId(originator),
                new ClusterList(List.of(IpAddress.parse("1.1.1.1"), IpAddress.parse("2.2.2.2"))));
        announce(
                internalPeer(3),
                path(64501),
                new OriginatorId(originator),
                new ClusterList(List.of(IpAddress.parse("1.1.1.1"))));
        announce(
                internalPeer(2),
                path(64501),
                new OriginatorId(originator),
                new ClusterList(List.of(IpAddress.parse("3.3.3.3"))));

        assertThat(LocRib.routes(peers))
                .extracting(ReceivedRoute::peer)
                .containsExactly("peer2", "peer3", "peer1");
    }

    @Test
    void everyAttributeIsShown() {
        // When
        announce(
                internalPeer(1),
                path(64501, 64502),
                new MultiExitDiscriminator(20),
                new LocalPreference(200),
                new AtomicAggregate(),
                new Aggregator(new Asn(64502), IpAddress.parse("192.0.2.8")),
                new Communities(List.of(Community.of(64501, 7))),
                new OriginatorId(IpAddress.parse("192.0.2.9")),
                new ClusterList(List.of(IpAddress.parse("1.1.1.1"), IpAddress.parse("2.2.2.2"))),
                new LargeCommunities(List.of(new LargeCommunity(64501, 1, 2))),
                new ExtendedCommunities(
                        List.of(new ExtendedCommunities.ExtendedCommunity(0x2fc0000000064L))),
                new OnlyToCustomer(new Asn(64501)),
                new UnknownAttribute(
                        new AttributeType(99), UnknownAttribute.OPTIONAL, Octets.of((byte) 0xab)));

        // Then
        assertThat(LocRib.routes(peers).getFirst().attributes())
                .extracting(attribute -> attribute.name() + ": " + attribute.value())
                .containsExactly(
                        "ORIGIN: IGP",
                        "AS_PATH: 64501 64502",
                        "NEXT_HOP: 192.0.2.77",
                        "MULTI_EXIT_DISC: 20",
                        "LOCAL_PREF: 200",
                        "ATOMIC_AGGREGATE: ",
                        "AGGREGATOR: 64502 192.0.2.8",
                        "COMMUNITIES: 64501:7",
                        "ORIGINATOR_ID: 192.0.2.9",
                        "CLUSTER_LIST: 1.1.1.1 2.2.2.2",
                        "EXTENDED_COMMUNITIES: 0002fc0000000064",
                        "LARGE_COMMUNITIES: 64501:1:2",
                        "ONLY_TO_CUSTOMER: 64501",
                        "attribute 99: ab");
    }

    @Test
    void eachFamilyOfAnUpdateHasItsOwnNextHop() {
        // Given
        AdjRibIn peer = peer(1);
        MpReach reach =
                new MpReach(
                        AddressFamily.IPV6_UNICAST,
                        List.of(IpAddress.parse("2001:db8::1"), IpAddress.parse("fe80::1")),
                        List.of(new Nlri(IpPrefix.parse("2001:db8:1::/48"))));

        // When
        announce(peer, path(64501), reach);

        // Then
        assertThat(LocRib.routes(peers))
                .extracting(route -> route.attributes().getLast().value())
                .containsExactly("192.0.2.77", "IPv6 unicast via 2001:db8::1 fe80::1");
    }

    @Test
    void anUnusableRouteRemovesItsPredecessor() {
        AdjRibIn peer = peer(1);
        announce(peer, path(64501));
        assertThat(LocRib.routes(peers)).hasSize(1);

        announce(peer, path(64501, 64512));

        assertThat(LocRib.routes(peers)).as("our own AS in the path").isEmpty();
    }

    @Test
    void withTheSessionGoItsRoutes() {
        AdjRibIn peer = peer(1);
        announce(peer, path(64501));

        peer.down();

        assertThat(LocRib.routes(peers)).isEmpty();
    }

    private String best() {
        return LocRib.routes(peers).stream()
                .filter(ReceivedRoute::best)
                .map(ReceivedRoute::peer)
                .reduce((one, other) -> {
                    throw new AssertionError("two best routes");
                })
                .orElseThrow();
    }

    private AdjRibIn peer(int number) {
        return peer(number, WireOptions.EXTERNAL);
    }

    private AdjRibIn internalPeer(int number) {
        return peer(number, WireOptions.INTERNAL);
    }

    private AdjRibIn peer(int number, WireOptions wire) {
        IpAddress address = IpAddress.parse("192.0.2." + number);
        AdjRibIn table =
                new AdjRibIn(
                        PeerSettings.builder("peer" + number, address)
                                .localAsn(new Asn(64512))
                                .peerAsn(new PeerAsn.External())
                                .routerId(IpAddress.parse("192.0.2.254"))
                                .build());
        table.up(
                new Negotiated(
                        new Asn(64500),
                        address,
                        EnumSet.allOf(IpFamily.class),
                        EnumSet.allOf(IpFamily.class),
                        new Agreement(true, false, false, false, false, false),
                        Duration.ZERO,
                        Duration.ZERO,
                        List.of(),
                        wire),
                Optional.empty());
        peers.add(table);
        return table;
    }

    private static void announce(AdjRibIn peer, PathAttribute... attributes) {
        List<PathAttribute> all = new ArrayList<>(List.of(attributes));
        if (all.stream().noneMatch(Origin.class::isInstance)) {
            all.add(Origin.IGP);
        }
        all.add(new NextHop(IpAddress.parse("192.0.2.77")));
        peer.received(new UpdateMessage(List.of(), all, List.of(new Nlri(PREFIX))));
    }

    private static AsPath path(long... asns) {
        Asn[] path = new Asn[asns.length];
        for (int i = 0; i < asns.length; i++) {
            path[i] = new Asn(asns[i]);
        }
        return AsPath.sequence(path);
    }
}
