package dev.twinstack.bgp.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.BgpRouter;
import dev.twinstack.bgp.ListenAddress;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.ReceivedRoute;
import dev.twinstack.bgp.RouterSettings;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.Capability;
import dev.twinstack.bgp.wire.FourOctetAsCapability;
import dev.twinstack.bgp.wire.KeepaliveMessage;
import dev.twinstack.bgp.wire.MultiprotocolCapability;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.RouteRefreshCapability;
import dev.twinstack.bgp.wire.WireOptions;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// A running router of AS 64512 on loopback with one peer for each vector, told apart by their
/// addresses, so that no vector sees another's routes.
public final class VectorRouter implements AutoCloseable {

    public static final Asn ASN = new Asn(64512);

    private static final int AT_A_TIME = 8;
    private static final Duration SOON = Duration.ofSeconds(10);

    private final BgpRouter router;
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME);

    /// What a vector does with its peer.
    public interface Work {
        void run(int index) throws Exception;
    }

    /// @param peers the AS of the peer of each vector
    public VectorRouter(List<Asn> peers) throws IOException {
        List<RouterSettings.Peer> settings =
                IntStream.range(0, peers.size())
                        .mapToObj(index ->
                                new RouterSettings.Peer(
                                        address(index),
                                        179,
                                        new PeerAsn.Exactly(peers.get(index)),
                                        EnumSet.allOf(IpFamily.class),
                                        true,
                                        Optional.empty()))
                        .toList();
        router =
                BgpRouter.start(
                        new RouterSettings(
                                ASN,
                                IpAddress.parse("192.0.2.255"),
                                List.of(new ListenAddress(IpAddress.parse("127.0.0.1"), 0)),
                                Duration.ofSeconds(90),
                                settings,
                                List.of()),
                        BgpEvents.NONE);
    }

    /// All vectors start now, some at a time; each test tells how its own went.
    public Stream<DynamicTest> tests(List<String> names, Work work) {
        List<Future<?>> runs = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int index = i;
            runs.add(
                    workers.submit(() -> {
                        work.run(index);
                        return null;
                    }));
        }
        return IntStream.range(0, names.size())
                .mapToObj(index -> dynamicTest(names.get(index), () -> runs.get(index).get()));
    }

    /// Connects the peer of this vector.
    public VectorPeer connect(int index, WireOptions options) throws IOException {
        return new VectorPeer(
                address(index).toInetAddress(),
                router.listening().getFirst().toSocketAddress(),
                options);
    }

    /// The OPEN of a peer with both families.
    public static OpenMessage open(int index, Asn asn, boolean fourOctetAs) {
        List<Capability> capabilities = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            capabilities.add(new MultiprotocolCapability(AddressFamily.unicast(family)));
        }
        capabilities.add(new RouteRefreshCapability());
        if (fourOctetAs) {
            capabilities.add(new FourOctetAsCapability(asn));
        }
        return OpenMessage.of(asn, Duration.ofSeconds(90), address(index), capabilities);
    }

    /// Waits until the router has read all that this peer has sent, or has ended the session.
    public void barrier(int index, VectorPeer peer) {
        long before = keepalives(index);
        peer.send(KeepaliveMessage.INSTANCE);
        await().pollInterval(Duration.ofMillis(5))
                .atMost(SOON)
                .until(() -> {
                    peer.look(5);
                    return peer.ended()
                            || peer.notification().isPresent()
                            || keepalives(index) > before;
                });
    }

    /// The state of this vector's session.
    public SessionStatus session(int index) {
        return router.sessions().stream()
                .filter(session -> session.address().equals(address(index)))
                .findFirst()
                .orElseThrow();
    }

    /// What the peer of this vector has announced.
    public List<ReceivedRoute> routes(int index) {
        return router.routes().stream()
                .filter(route -> route.peerAddress().equals(address(index)))
                .toList();
    }

    private long keepalives(int index) {
        return session(index).counters().received().keepalives();
    }

    private static IpAddress address(int index) {
        return IpAddress.parse("127.1.%d.%d".formatted(index / 250, index % 250 + 1));
    }

    @Override
    public void close() {
        workers.shutdownNow();
        router.close();
    }
}
