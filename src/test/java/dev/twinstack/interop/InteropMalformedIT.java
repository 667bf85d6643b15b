package dev.twinstack.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.BgpRouter;
import dev.twinstack.bgp.ListenAddress;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.ReceivedAttribute;
import dev.twinstack.bgp.ReceivedRoute;
import dev.twinstack.bgp.RouterSettings;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.bgp.testing.VectorPeer;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.FourOctetAsCapability;
import dev.twinstack.bgp.wire.KeepaliveMessage;
import dev.twinstack.bgp.wire.MultiprotocolCapability;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.WireOptions;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.testing.lab.LabLan;
import dev.twinstack.testing.lab.LanExtension;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A router that sends malformed routes, as it happens in the wild: somebody far away makes them,
/// and daemons pass on what they don't read themselves.
@ExtendWith(LanExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteropMalformedIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int FIRST_ROUTER = 193;

    /// Us, as the routers know us.
    private static final Session LISTENER =
            Session.over(IpFamily.IPV4, 192).with(Trait.ROUTER_CALLS, Trait.ROUTER_TELLS);

    /// Who makes the routes.
    private static final Session MAKER =
            Session.over(IpFamily.IPV4, 196).between(64666, Session.ROUTER_ASN);

    private final Nodes nodes;
    private final Routers routers;
    private final BgpRouter listener;

    InteropMalformedIT(LabLan lan) throws IOException {
        nodes = new Nodes(lan, List.of(LISTENER, MAKER));
        routers = new Routers(lan, "bad", FIRST_ROUTER, _ -> List.of(LISTENER, MAKER));
        listener = BgpRouter.start(settings(), BgpEvents.NONE);
    }

    private RouterSettings settings() {
        return new RouterSettings(
                new Asn(LISTENER.nodeAsn()),
                LISTENER.nodeAddress(),
                List.of(new ListenAddress(LISTENER.nodeAddress(), PeerSettings.BGP_PORT)),
                LISTENER.hold(),
                Arrays.stream(Daemon.values()).map(this::peer).toList(),
                List.of());
    }

    private RouterSettings.Peer peer(Daemon daemon) {
        return new RouterSettings.Peer(
                address(daemon),
                PeerSettings.BGP_PORT,
                PeerAsn.exactly(LISTENER.routerAsn()),
                LISTENER.families(),
                true,
                Optional.empty());
    }

    @BeforeAll
    void connect() {
        for (Daemon daemon : Daemon.values()) {
            await("session with " + daemon)
                    .atMost(SOON)
                    .until(() -> status(daemon).isEstablished());
        }
    }

    @AfterAll
    void stop() {
        listener.close();
        routers.close();
        nodes.close();
    }

    /// GoBGP 3.10 does not know OTC and passes on any; FRR and BIRD drop a malformed one
    /// themselves.
    @ParameterizedTest(name = "{0}")
    @CsvSource({"FRR, 0", "BIRD, 0", "GOBGP, 1"})
    void whatIsPassedOnUnreadCostsOneRouteAtMost(Daemon daemon, int malformed) throws IOException {
        // Given
        try (VectorPeer maker = maker(daemon)) {
            // When one route is malformed (OTC of 5 octets), one has an attribute that nobody knows
            // and one is in good order
            maker.send(update("c023050000fc9a00", "18c00002"));
            maker.send(update("c06303abcdef", "18cb0071"));
            maker.send(update("", "18c63364"));

            // Then the good ones are there, and all that was said of them
            await().atMost(SOON).until(() -> routes(daemon).size() == 2);
            assertThat(routes(daemon))
                    .extracting(route -> route.prefix().toString())
                    .containsExactly("198.51.100.0/24", "203.0.113.0/24");
            assertThat(routes(daemon).getLast().attributes())
                    .contains(new ReceivedAttribute(99, "attribute 99", "abcdef"));
            // And the session has not suffered
            assertThat(status(daemon).isEstablished()).isTrue();
            assertThat(status(daemon).counters().established()).isOne();
            assertThat(status(daemon).counters().malformedUpdates()).isEqualTo(malformed);
        }
    }

    private VectorPeer maker(Daemon daemon) throws IOException {
        VectorPeer maker =
                new VectorPeer(
                        MAKER.nodeAddress().toInetAddress(),
                        new InetSocketAddress(routers.of(daemon).ipv4(), PeerSettings.BGP_PORT),
                        WireOptions.EXTERNAL);
        Asn asn = new Asn(MAKER.nodeAsn());
        maker.send(
                OpenMessage.of(
                        asn,
                        MAKER.hold(),
                        MAKER.nodeAddress(),
                        List.of(
                                new MultiprotocolCapability(AddressFamily.IPV4_UNICAST),
                                new FourOctetAsCapability(asn))));
        assertThat(maker.awaitKeepalive()).isTrue();
        maker.send(KeepaliveMessage.INSTANCE);
        return maker;
    }

    /// ORIGIN IGP, AS_PATH 64666, NEXT_HOP of the maker, and what else is said.
    private static byte[] update(String attributes, String prefix) {
        String all = "40010100" + "4002060201" + "0000fc9a" + "4003040a4200c4" + attributes;
        String body = "0000" + "%04x".formatted(all.length() / 2) + all + prefix;
        return HexFormat.of()
                .parseHex("ff".repeat(16) + "%04x02".formatted(19 + body.length() / 2) + body);
    }

    private List<ReceivedRoute> routes(Daemon daemon) {
        return listener.routes().stream()
                .filter(route -> route.peerAddress().equals(address(daemon)))
                .toList();
    }

    private SessionStatus status(Daemon daemon) {
        return listener.sessions().stream()
                .filter(session -> session.address().equals(address(daemon)))
                .findFirst()
                .orElseThrow();
    }

    private IpAddress address(Daemon daemon) {
        return IpAddress.parse(routers.of(daemon).ipv4());
    }
}
