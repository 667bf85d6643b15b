package dev.twinstack.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.bgp.testing.VectorPeer;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.AsPath;
import dev.twinstack.bgp.wire.BgpEncoder;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.FourOctetAsCapability;
import dev.twinstack.bgp.wire.KeepaliveMessage;
import dev.twinstack.bgp.wire.MultiprotocolCapability;
import dev.twinstack.bgp.wire.NextHop;
import dev.twinstack.bgp.wire.Nlri;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.Origin;
import dev.twinstack.bgp.wire.RouteRefreshCapability;
import dev.twinstack.bgp.wire.RouteRefreshMessage;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.bgp.wire.WireOptions;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Peers that send far more than they should, over real sockets. What they cost is judged by
/// counters: messages written, octets in Netty's buffers, prefixes kept.
class FloodTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final IpAddress NODE = IpAddress.parse("127.0.0.2");
    private static final IpAddress PEER = IpAddress.parse("127.0.0.66");
    private static final IpAddress NEXT_HOP = IpAddress.parse("192.0.2.66");
    private static final IpAddress FIRST = IpAddress.parse("20.0.0.0");
    private static final Asn NODE_ASN = new Asn(64512);
    private static final Asn PEER_ASN = new Asn(64666);
    private static final int MILLION = 1_000_000;
    private static final int IN_ONE_UPDATE = 800;

    /// One arena's chunk: nothing that grows with the number of routes stays below.
    private static final long BUFFERS = 16L << 20;

    private final BgpSpeaker speaker = new BgpSpeaker(BgpEvents.NONE, Restart.NONE);

    @AfterEach
    void close() {
        speaker.close();
    }

    @Test
    void aMillionRoutesThatNobodyWantsAreReadAndForgotten() throws IOException {
        // Given
        try (VectorPeer peer = connect(listening(settings()))) {
            long before = buffers();

            // When
            long updates = announce(peer, MILLION);

            // Then all are read, the session goes on, and no buffer has grown
            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> status().counters().received().updates() == updates);
            assertThat(status().isEstablished()).isTrue();
            assertThat(buffers() - before).isLessThan(BUFFERS);
        }
    }

    @Test
    void aLimitEndsTheSessionWithTheFirstPrefixTooMany() throws IOException {
        // Given
        try (VectorPeer peer = connect(listening(settings().prefixLimit(10_000)))) {
            // When
            announce(peer, MILLION);

            // Then it is told, the rest is not looked at, and people are told
            await().atMost(SOON).ignoreExceptions().until(() -> !status().isEstablished());
            peer.awaitEnd();
            assertThat(status().counters().received().updates())
                    .isEqualTo(10_000 / IN_ONE_UPDATE + 1);
            assertThat(status().lastError().orElse(""))
                    .contains("more prefixes than its limit of 10000");
        }
    }

    @Test
    void aRouterKeepsNoMoreThanItsLimit() throws IOException {
        // Given
        try (BgpRouter router = BgpRouter.start(routerSettings(), BgpEvents.NONE);
                VectorPeer peer = connect(router.listening().getFirst())) {
            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> router.sessions().getFirst().isEstablished());

            // When
            announce(peer, MILLION);

            // Then
            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> !router.sessions().getFirst().isEstablished());
            assertThat(router.sessions().getFirst().lastError().orElse(""))
                    .contains("6/1", "limit of " + RouterSettings.MAX_PREFIXES);
            assertThat(router.routes()).isEmpty();
        }
    }

    @Test
    void requestsOfOneWhoDoesNotReadAreAnsweredOnce() throws IOException {
        // Given a node with many routes
        ListenAddress where = listening(settings());
        Map<IpPrefix, RouteAttributes> routes =
                IntStream.range(0, 100_000)
                        .mapToObj(FloodTest::prefix)
                        .collect(Collectors.toMap(p -> p, _ -> RouteAttributes.NONE));
        speaker.setRoutes("peer", routes, Set.of());
        try (VectorPeer peer = connect(where)) {
            // When they are asked for again and again, and never read
            byte[] request = octets(new RouteRefreshMessage(AddressFamily.IPV4_UNICAST, 0));
            for (int i = 0; i < 20_000; i++) {
                peer.send(request);
            }

            // Then what is written is what fits the socket, not 20,000 times the table
            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> status().counters().received().routeRefreshes() == 20_000);
            assertThat(status().counters().prefixesSent()).isLessThan(40L * routes.size());
            assertThat(status().isEstablished()).isTrue();
        }
    }

    @Test
    void aPeerThatConnectsAgainAndAgainHasFewConnections() throws IOException {
        // Given
        ListenAddress where = listening(settings());
        List<VectorPeer> silent = IntStream.range(0, 200).mapToObj(_ -> open(where)).toList();

        // Then all but a few have been closed
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> {
                    silent.forEach(peer -> peer.look(3));
                    return silent.stream().filter(peer -> !peer.ended()).count() <= 2;
                });
        for (VectorPeer peer : silent) {
            peer.close();
        }
    }

    private ListenAddress listening(PeerSettingsBuilder settings) throws IOException {
        speaker.setPeers(List.of(settings.build()));
        return speaker.listen(new ListenAddress(NODE, 0));
    }

    private static PeerSettingsBuilder settings() {
        return PeerSettings.builder("peer", PEER)
                .localAsn(NODE_ASN)
                .peerAsn(PeerAsn.exactly(PEER_ASN.value()))
                .routerId(IpAddress.parse("192.0.2.2"))
                .nextHop(IpAddress.parse("192.0.2.2"))
                .passive(true);
    }

    private static RouterSettings routerSettings() {
        return new RouterSettings(
                NODE_ASN,
                IpAddress.parse("192.0.2.2"),
                List.of(new ListenAddress(NODE, 0)),
                Duration.ofSeconds(90),
                List.of(
                        new RouterSettings.Peer(
                                PEER,
                                PeerSettings.BGP_PORT,
                                PeerAsn.exactly(PEER_ASN.value()),
                                EnumSet.allOf(IpFamily.class),
                                true,
                                Optional.empty())),
                List.of());
    }

    private static VectorPeer connect(ListenAddress node) {
        VectorPeer peer = open(node);
        peer.send(
                OpenMessage.of(
                        PEER_ASN,
                        Duration.ofSeconds(90),
                        IpAddress.parse("192.0.2.66"),
                        List.of(
                                new MultiprotocolCapability(AddressFamily.IPV4_UNICAST),
                                new RouteRefreshCapability(),
                                new FourOctetAsCapability(PEER_ASN))));
        assertThat(peer.awaitKeepalive()).isTrue();
        peer.send(KeepaliveMessage.INSTANCE);
        return peer;
    }

    private static VectorPeer open(ListenAddress node) {
        try {
            return new VectorPeer(
                    PEER.toInetAddress(), node.toSocketAddress(), WireOptions.EXTERNAL);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// @return how many messages that took
    private static long announce(VectorPeer peer, int count) {
        long updates = 0;
        for (int first = 0; first < count; first += IN_ONE_UPDATE) {
            List<Nlri> prefixes =
                    IntStream.range(first, Math.min(count, first + IN_ONE_UPDATE))
                            .mapToObj(number -> new Nlri(prefix(number)))
                            .toList();
            peer.send(
                    new UpdateMessage(
                            List.of(),
                            List.of(Origin.IGP, AsPath.sequence(PEER_ASN), new NextHop(NEXT_HOP)),
                            prefixes));
            updates++;
        }
        return updates;
    }

    private static IpPrefix prefix(int number) {
        return IpPrefix.host(FIRST.plus(number));
    }

    private static byte[] octets(BgpMessage message) {
        ByteBuf out = Unpooled.buffer();
        BgpEncoder.encode(message, out, WireOptions.EXTERNAL);
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        return octets;
    }

    private SessionStatus status() {
        return speaker.sessions().getFirst();
    }

    private static long buffers() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }
}
