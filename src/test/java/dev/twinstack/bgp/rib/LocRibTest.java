package dev.twinstack.bgp.rib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.ReceivedRoute;
import dev.twinstack.bgp.session.Agreement;
import dev.twinstack.bgp.session.Negotiated;
import dev.twinstack.bgp.wire.AsPath;
import dev.twinstack.bgp.wire.LocalPreference;
import dev.twinstack.bgp.wire.MultiExitDiscriminator;
import dev.twinstack.bgp.wire.NextHop;
import dev.twinstack.bgp.wire.Nlri;
import dev.twinstack.bgp.wire.Origin;
import dev.twinstack.bgp.wire.PathAttribute;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.bgp.wire.WireOptions;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
                        Set.of(IpFamily.IPV4),
                        Set.of(IpFamily.IPV4),
                        new Agreement(true, false, false, false, false, false),
                        Duration.ZERO,
                        Duration.ZERO,
                        List.of(),
                        WireOptions.EXTERNAL),
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
