package dev.twinstack.bgp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.DrainState;
import dev.twinstack.bgp.GracefulRestart;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.PeerSettingsBuilder;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.bgp.session.Link;
import dev.twinstack.bgp.testing.SessionHarness;
import dev.twinstack.bgp.wire.Communities;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.GracefulRestartCapability;
import dev.twinstack.bgp.wire.LocalPreference;
import dev.twinstack.bgp.wire.MpUnreach;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// How traffic is taken away: marked, withdrawn, farewell, in that order (RFC 8326, RFC 9003).
class DrainTest {

    private static final Asn LOCAL = new Asn(64512);
    private static final Asn PEER = new Asn(64600);
    private static final IpPrefix VIP4 = IpPrefix.parse("192.0.2.80/32");
    private static final IpPrefix VIP6 = IpPrefix.parse("2001:db8::80/128");
    private static final DrainTime TEN_SECONDS =
            new DrainTime(Duration.ofSeconds(10), Duration.ofMinutes(10));
    private static final NotificationMessage FAREWELL =
            NotificationMessage.withCommunication(ErrorCode.ADMINISTRATIVE_SHUTDOWN, "new kernel");

    private final AtomicInteger done = new AtomicInteger();

    @Test
    void routesAreMarkedThenWithdrawnThenTheSessionEnds() {
        // Given
        SessionHarness harness = withBothRoutes(settings(), PEER);
        Link link = harness.established();
        harness.sent(link);

        // When
        drain(harness, TEN_SECONDS);

        // Then all routes are marked
        assertThat(updates(harness, link)).hasSize(2).allSatisfy(DrainTest::isMarked);
        assertThat(harness.session.status().drain()).isEqualTo(DrainState.DRAINING);

        // And withdrawn after the drain time, with the session still there
        harness.pass(Duration.ofMillis(9_900));
        assertThat(updates(harness, link)).isEmpty();
        harness.pass(Duration.ofMillis(200));
        assertThat(withdrawn(harness, link)).containsExactlyInAnyOrder(VIP4, VIP6);
        assertThat(harness.state()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(done).hasValue(0);

        // And a moment later comes the farewell
        harness.pass(Drain.AFTER_WITHDRAWAL);
        assertThat(harness.sent(link)).last().isEqualTo(FAREWELL);
        assertThat(harness.network.isClosed(link)).isTrue();
        assertThat(harness.session.status())
                .satisfies(status -> {
                    assertThat(status.state()).isEqualTo(SessionState.IDLE);
                    assertThat(status.drain()).isEqualTo(DrainState.DRAINED);
                    assertThat(status.lastError()).contains("drained: new kernel");
                });
        assertThat(done).hasValue(1);
    }

    @Test
    void anInternalPeerIsToldLocalPrefZero() {
        SessionHarness harness = withBothRoutes(settings().peerAsn(new PeerAsn.Internal()), LOCAL);
        Link link = harness.established();
        harness.sent(link);

        drain(harness, TEN_SECONDS);

        assertThat(updates(harness, link))
                .hasSize(2)
                .allSatisfy(update ->
                        assertThat(update.attribute(LocalPreference.class))
                                .contains(new LocalPreference(0)));
    }

    @Test
    void aPeerThatKeepsRoutesDropsThemByAHardReset() {
        // Given a peer with RFC 8538
        SessionHarness harness =
                withBothRoutes(settings().gracefulRestart(GracefulRestart.DEFAULT), PEER)
                        .offering(
                                new GracefulRestartCapability(
                                        false, true, Duration.ofMinutes(2), List.of()));
        Link link = harness.established();

        // When
        drain(harness, TEN_SECONDS);
        harness.pass(Duration.ofSeconds(12));

        // Then
        assertThat(harness.sent(link)).last().isEqualTo(FAREWELL.asHardReset());
    }

    @Test
    void thePeersOwnTimeHoldsUpToALimit() {
        // Given
        SessionHarness harness = withBothRoutes(settings().drainTime(Duration.ofMinutes(5)), PEER);
        Link link = harness.established();
        harness.sent(link);

        // When
        drain(harness, new DrainTime(Duration.ZERO, Duration.ofSeconds(25)));
        harness.pass(Duration.ofSeconds(24));
        assertThat(withdrawn(harness, link)).isEmpty();
        harness.pass(Duration.ofSeconds(1));

        // Then
        assertThat(withdrawn(harness, link)).hasSize(2);
    }

    @Test
    void aDrainUnderWayIsHastened() {
        // Given
        SessionHarness harness = withBothRoutes(settings(), PEER);
        Link link = harness.established();
        drain(harness, TEN_SECONDS);
        harness.sent(link);

        // When
        drain(harness, new DrainTime(Duration.ZERO, Duration.ofSeconds(2)));
        harness.pass(Duration.ofSeconds(3));

        // Then both who wait for it hear of it
        assertThat(harness.sent(link)).last().isEqualTo(FAREWELL);
        assertThat(done).hasValue(2);
    }

    @Test
    void withoutDrainTimeTheyAreWithdrawnAtOnce() {
        SessionHarness harness = withBothRoutes(settings(), PEER);
        Link link = harness.established();
        harness.sent(link);

        drain(harness, new DrainTime(Duration.ZERO, Duration.ofSeconds(25)));

        assertThat(withdrawn(harness, link)).containsExactlyInAnyOrder(VIP4, VIP6);
        assertThat(harness.state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void whereThereAreNoRoutesTheEndComesAtOnce() {
        SessionHarness harness = new SessionHarness(settings().build(), PEER);
        Link link = harness.established();

        drain(harness, TEN_SECONDS);

        assertThat(harness.sent(link)).last().isEqualTo(FAREWELL);
        assertThat(done).hasValue(1);
    }

    @Test
    void aSessionThatBreaksMeanwhileStaysAway() {
        // Given
        SessionHarness harness = withBothRoutes(settings(), PEER);
        Link link = harness.established();
        drain(harness, TEN_SECONDS);
        int attempts = harness.network.attempts();

        // When
        harness.session.closed(link, "connection reset");
        harness.pass(Duration.ofMinutes(5));

        // Then
        assertThat(harness.network.attempts()).isEqualTo(attempts);
        assertThat(harness.session.status().drain()).isEqualTo(DrainState.DRAINED);
        assertThat(done).hasValue(1);
    }

    @Test
    void aDrainThatIsTakenBackSendsTheRoutesUnmarked() {
        // Given routes that are withdrawn already, and changes meanwhile
        SessionHarness harness = withBothRoutes(settings(), PEER);
        Link link = harness.established();
        drain(harness, new DrainTime(Duration.ZERO, Duration.ZERO));
        harness.session.change(Map.of(), Set.of(VIP4));
        harness.session.export(settings().med(7).build());
        harness.sent(link);

        // When
        harness.session.undrain();

        // Then
        assertThat(updates(harness, link).getFirst())
                .satisfies(update -> {
                    assertThat(update.attribute(Communities.class)).isEmpty();
                    assertThat(update.announced()).isEmpty();
                });
        harness.pass(Duration.ofMinutes(1));
        assertThat(harness.state()).isNotEqualTo(SessionState.IDLE);
        assertThat(harness.session.status().drain()).isEqualTo(DrainState.NONE);
        assertThat(done).hasValue(1);
    }

    @Test
    void aDrainedSessionComesBackWithAllRoutes() {
        // Given
        SessionHarness harness = withBothRoutes(settings(), PEER);
        harness.established();
        drain(harness, TEN_SECONDS);
        harness.pass(Duration.ofMinutes(1));

        // When
        harness.session.undrain();

        // Then
        Link link = harness.connect();
        harness.establish(link, 90);
        assertThat(updates(harness, link)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(harness.session.status().lastError()).isNotEqualTo(Optional.of("drained"));
    }

    @Test
    void aNewRouteIsMarkedToo() {
        // Given
        SessionHarness harness = withBothRoutes(settings(), PEER);
        Link link = harness.established();
        drain(harness, TEN_SECONDS);
        harness.sent(link);

        // When
        harness.session.change(
                Map.of(IpPrefix.parse("192.0.2.81/32"), RouteAttributes.NONE), Set.of());
        harness.session.sendRoutes();

        // Then
        assertThat(updates(harness, link)).singleElement().satisfies(DrainTest::isMarked);
    }

    private void drain(SessionHarness harness, DrainTime time) {
        harness.session.drain(FAREWELL, time, done::incrementAndGet);
    }

    private static void isMarked(UpdateMessage update) {
        assertThat(update.attribute(Communities.class))
                .contains(new Communities(List.of(Community.GRACEFUL_SHUTDOWN)));
    }

    private static List<IpPrefix> withdrawn(SessionHarness harness, Link link) {
        return updates(harness, link).stream()
                .flatMap(update ->
                        update
                                .attribute(MpUnreach.class)
                                .map(MpUnreach::withdrawn)
                                .orElse(update.withdrawn())
                                .stream())
                .map(nlri -> nlri.prefix())
                .toList();
    }

    private static List<UpdateMessage> updates(SessionHarness harness, Link link) {
        return harness.sent(link).stream()
                .filter(UpdateMessage.class::isInstance)
                .map(UpdateMessage.class::cast)
                .toList();
    }

    private static SessionHarness withBothRoutes(PeerSettingsBuilder settings, Asn peer) {
        PeerSettings built = settings.build();
        SessionHarness harness = new SessionHarness(built, peer);
        harness.session.change(
                Map.of(VIP4, RouteAttributes.NONE, VIP6, RouteAttributes.NONE), Set.of());
        return harness;
    }

    private static PeerSettingsBuilder settings() {
        return PeerSettings.builder("router", IpAddress.parse("10.9.0.2"))
                .localAsn(LOCAL)
                .peerAsn(new PeerAsn.External())
                .routerId(IpAddress.parse("10.9.0.1"))
                .holdTime(Duration.ZERO)
                .nextHop(IpAddress.parse("2001:db8:9::1"));
    }
}
