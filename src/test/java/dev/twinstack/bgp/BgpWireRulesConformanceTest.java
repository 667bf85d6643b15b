package dev.twinstack.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.bgp.session.ConnectFailure;
import dev.twinstack.bgp.session.Link;
import dev.twinstack.bgp.testing.ConformanceFile;
import dev.twinstack.bgp.testing.SessionHarness;
import dev.twinstack.bgp.testing.VectorFile;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.KeepaliveMessage;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The session rules of `conformance/bgp_wire.json`. Where MetalLB does otherwise than its own rule
/// says it should, the better way is tested; `docs/conformance.md` lists where ours is another one.
class BgpWireRulesConformanceTest {

    private static final Asn PEER = new Asn(64500);
    private static final IpAddress LOCAL = IpAddress.parse("127.0.0.1");

    private static final Map<String, Runnable> RULES =
            Map.of(
                    "hold time taken", BgpWireRulesConformanceTest::holdTime,
                    "keepalive period", BgpWireRulesConformanceTest::keepalives,
                    "peer AS differs from peerASN", BgpWireRulesConformanceTest::anotherAs,
                    "own AS above 65535 and peer without 4-byte AS",
                            BgpWireRulesConformanceTest::bigAsAndOldPeer,
                    "updates from the peer", BgpWireRulesConformanceTest::updatesFromThePeer,
                    "no data for the hold time", BgpWireRulesConformanceTest::silence,
                    "session closed on purpose", BgpWireRulesConformanceTest::closedOnPurpose,
                    "wait after a failed connect", BgpWireRulesConformanceTest::failedConnects,
                    "TCP MD5", BgpWireRulesConformanceTest::password,
                    "listening", BgpWireRulesConformanceTest::listening);

    @TestFactory
    Stream<DynamicTest> rules() {
        return ConformanceFile.tests("rules", "when", BgpWireRulesConformanceTest::check);
    }

    private static void check(JsonNode rule) {
        VectorFile.requireKnown(rule, Set.of("when", "then", "source", "derived", "note"));
        Runnable test = RULES.get(rule.get("when").textValue());
        assertThat(test).as("a rule that no test knows").isNotNull();
        test.run();
    }

    private static void holdTime() {
        assertThat(settings().build().holdTime()).isEqualTo(Duration.ofSeconds(90));
        assertThat(negotiated(30, 90)).contains(Duration.ofSeconds(30));
        assertThat(negotiated(180, 90)).contains(Duration.ofSeconds(90));
        assertThat(negotiated(0, 90)).contains(Duration.ZERO);
    }

    private static Optional<Duration> negotiated(int ours, int theirs) {
        SessionHarness harness = harness(settings().holdTime(Duration.ofSeconds(ours)));
        harness.establish(harness.openSent(), theirs);
        return harness.session.status().negotiatedHoldTime();
    }

    private static void keepalives() {
        SessionHarness harness = harness(settings().holdTime(Duration.ofSeconds(30)));
        Link link = harness.openSent();
        harness.establish(link, 90);
        harness.sent(link);
        harness.pass(Duration.ofSeconds(10));
        assertThat(harness.sent(link)).containsExactly(KeepaliveMessage.INSTANCE);

        SessionHarness silent = harness(settings().holdTime(Duration.ZERO));
        Link other = silent.openSent();
        silent.establish(other, 90);
        silent.sent(other);
        silent.pass(Duration.ofDays(1));
        assertThat(silent.sent(other)).isEmpty();
        assertThat(silent.session.isEstablished()).isTrue();
    }

    private static void anotherAs() {
        SessionHarness harness = new SessionHarness(settings().build(), new Asn(64501));
        assertThat(refusal(harness)).isEqualTo(ErrorCode.BAD_PEER_AS);
    }

    private static void bigAsAndOldPeer() {
        for (long big : new long[] {65_536, 65_537, 4_200_000_000L}) {
            PeerSettings settings = settings().localAsn(new Asn(big)).build();
            SessionHarness harness = new SessionHarness(settings, PEER, false);
            assertThat(refusal(harness)).isEqualTo(ErrorCode.UNSUPPORTED_CAPABILITY);
            assertThat(harness.session.status().lastError().orElse(""))
                    .contains("two octets", Long.toString(big));
        }
        PeerSettings fits = settings().localAsn(new Asn(65_535)).build();
        SessionHarness harness = new SessionHarness(fits, PEER, false);
        harness.established();
        assertThat(harness.session.isEstablished()).isTrue();
    }

    private static ErrorCode refusal(SessionHarness harness) {
        Link link = harness.openSent();
        harness.receive(link, harness.open(AddressFamily.IPV4_UNICAST));
        List<BgpMessage> sent = harness.sent(link);
        assertThat(harness.network.isClosed(link)).isTrue();
        return ((NotificationMessage) sent.getLast()).error();
    }

    private static void updatesFromThePeer() {
        SessionHarness harness = harness(settings());
        Link link = harness.established();
        harness.sent(link);
        harness.receive(link, harness.announcement(IpPrefix.parse("203.0.113.0/24")));
        assertThat(harness.sent(link)).isEmpty();
        assertThat(harness.session.isEstablished()).isTrue();
    }

    private static void silence() {
        SessionHarness harness = harness(settings().holdTime(Duration.ofSeconds(9)));
        Link link = harness.established();
        harness.sent(link);
        harness.pass(Duration.ofSeconds(9));
        assertThat(harness.sent(link).getLast())
                .isEqualTo(new NotificationMessage(ErrorCode.HOLD_TIMER_EXPIRED));
        assertThat(harness.network.isClosed(link)).isTrue();
    }

    private static void closedOnPurpose() {
        for (ErrorCode error :
                List.of(ErrorCode.PEER_DE_CONFIGURED, ErrorCode.ADMINISTRATIVE_SHUTDOWN)) {
            SessionHarness harness = harness(settings());
            Link link = harness.established();
            harness.session.stop(new NotificationMessage(error));
            assertThat(harness.sent(link).getLast()).isEqualTo(new NotificationMessage(error));
        }
    }

    /// Sooner than MetalLB, and never later than its cap of two minutes.
    private static void failedConnects() {
        SessionHarness harness = harness(settings());
        harness.session.start();
        for (int attempt = 1; attempt <= 12; attempt++) {
            assertThat(harness.network.attempts()).isEqualTo(attempt);
            harness.session.connectFailed(
                    harness.network.latestAttempt(), ConnectFailure.REFUSED, "refused");
            harness.pass(attempt == 1 ? Duration.ofMillis(100) : Duration.ofSeconds(5));
        }
    }

    private static void password() {
        try (BgpRouter router = router(true, 179, Password.of("open sesame"));
                BgpSpeaker with = new BgpSpeaker(BgpEvents.NONE, Restart.NONE);
                BgpSpeaker without = new BgpSpeaker(BgpEvents.NONE, Restart.NONE)) {
            PeerSettingsBuilder peer =
                    settings()
                            .port(router.listening().getFirst().port())
                            .sourceAddress(IpAddress.parse("127.0.0.2"));
            without.setPeers(List.of(peer.build()));
            with.setPeers(List.of(peer.password(Password.of("open sesame")).build()));
            await().until(() -> with.sessions().getFirst().isEstablished());
            assertThat(without.sessions().getFirst().isEstablished()).isFalse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A peer that only calls is not lost: the speaker can listen.
    private static void listening() {
        try (BgpSpeaker speaker = new BgpSpeaker(BgpEvents.NONE, Restart.NONE)) {
            int port = speaker.listen(new ListenAddress(IpAddress.parse("127.0.0.2"), 0)).port();
            speaker.setPeers(List.of(settings().passive(true).build()));
            try (BgpRouter router = router(false, port, null)) {
                await().until(() -> speaker.sessions().getFirst().isEstablished());
                assertThat(router.sessions().getFirst().isEstablished()).isTrue();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BgpRouter router(boolean passive, int port, @Nullable Password password)
            throws IOException {
        return BgpRouter.start(
                new RouterSettings(
                        PEER,
                        IpAddress.parse("192.0.2.1"),
                        List.of(new ListenAddress(LOCAL, 0)),
                        Duration.ofSeconds(90),
                        List.of(
                                new RouterSettings.Peer(
                                        IpAddress.parse("127.0.0.2"),
                                        port,
                                        PeerAsn.exactly(64512),
                                        EnumSet.allOf(IpFamily.class),
                                        passive,
                                        Optional.ofNullable(password))),
                        List.of()),
                BgpEvents.NONE);
    }

    private static SessionHarness harness(PeerSettingsBuilder settings) {
        return new SessionHarness(settings.build(), PEER);
    }

    private static PeerSettingsBuilder settings() {
        return PeerSettings.builder("router", LOCAL)
                .localAsn(new Asn(64512))
                .peerAsn(PeerAsn.exactly(PEER.value()))
                .routerId(IpAddress.parse("192.0.2.10"));
    }
}
