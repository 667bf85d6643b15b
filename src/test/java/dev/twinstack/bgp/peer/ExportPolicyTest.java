package dev.twinstack.bgp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.PeerSettingsBuilder;
import dev.twinstack.bgp.Role;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.bgp.session.Link;
import dev.twinstack.bgp.testing.SessionHarness;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.AsPath;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.Communities;
import dev.twinstack.bgp.wire.EnhancedRouteRefreshCapability;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.ExtendedNextHopCapability;
import dev.twinstack.bgp.wire.LocalPreference;
import dev.twinstack.bgp.wire.MpReach;
import dev.twinstack.bgp.wire.MpUnreach;
import dev.twinstack.bgp.wire.MultiExitDiscriminator;
import dev.twinstack.bgp.wire.Nlri;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.OnlyToCustomer;
import dev.twinstack.bgp.wire.RoleCapability;
import dev.twinstack.bgp.wire.RouteRefreshMessage;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a policy for one peer makes of the routes and of the session.
class ExportPolicyTest {

    private static final Asn LOCAL = new Asn(64512);
    private static final Asn PEER = new Asn(64600);
    private static final IpPrefix VIP4 = IpPrefix.parse("192.0.2.80/32");
    private static final IpPrefix VIP6 = IpPrefix.parse("2001:db8::80/128");
    private static final IpAddress NODE6 = IpAddress.parse("2001:db8:9::1");
    private static final RouteRefreshMessage REFRESH =
            new RouteRefreshMessage(AddressFamily.IPV6_UNICAST, RouteRefreshMessage.REQUEST);

    @Test
    void medAndPrependGoWithEveryRoute() {
        UpdateMessage update = firstUpdate(harness(settings().med(50).prepend(2)));

        assertThat(update.attribute(MultiExitDiscriminator.class))
                .contains(new MultiExitDiscriminator(50));
        assertThat(update.attribute(AsPath.class)).contains(AsPath.sequence(LOCAL, LOCAL, LOCAL));
    }

    @Test
    void aConfiguredNextHopComesBeforeTheSessionsOwn() {
        IpAddress other = IpAddress.parse("2001:db8:9::99");
        SessionHarness harness = harness(settings().ownNextHop(other));
        harness.session.change(Map.of(VIP6, RouteAttributes.NONE), Set.of());

        Link link = harness.established();

        assertThat(updates(harness, link))
                .flatMap(update -> update.attribute(MpReach.class).stream().toList())
                .extracting(MpReach::nextHops)
                .containsExactly(List.of(other));
    }

    @Test
    void trafficIsMovedAwayWithoutAReset() {
        // Given
        SessionHarness harness = withBothRoutes(settings());
        Link link = harness.established();
        harness.sent(link);

        // When
        harness.session.export(settings().gracefulShutdown(true).build());

        // Then
        assertThat(updates(harness, link))
                .hasSize(2)
                .allSatisfy(update ->
                        assertThat(update.attribute(Communities.class))
                                .contains(new Communities(List.of(Community.GRACEFUL_SHUTDOWN))));
        assertThat(harness.session.isEstablished()).isTrue();
    }

    @Test
    void towardsAnInternalPeerLocalPrefIsZeroThen() {
        PeerSettingsBuilder internal = settings().peerAsn(new PeerAsn.Internal());
        SessionHarness harness = new SessionHarness(internal.gracefulShutdown(true).build(), LOCAL);

        assertThat(firstUpdate(harness).attribute(LocalPreference.class))
                .contains(new LocalPreference(0));
    }

    @Test
    void aLostNextHopWithdrawsItsFamilyAlone() {
        // Given
        SessionHarness harness = withBothRoutes(settings());
        Link link = harness.established();
        harness.sent(link);

        // When
        harness.session.export(bare().build());

        // Then
        assertThat(updates(harness, link))
                .singleElement()
                .satisfies(update ->
                        assertThat(update.attribute(MpUnreach.class).orElseThrow().withdrawn())
                                .containsExactly(new Nlri(VIP6)));

        // When it is back
        harness.session.export(settings().build());

        // Then the routes are
        assertThat(updates(harness, link).getFirst().attribute(MpReach.class)).isPresent();
    }

    @Test
    void aPolicyThatSaysTheSameSendsNothing() {
        SessionHarness harness = withBothRoutes(settings());
        Link link = harness.established();
        harness.sent(link);

        harness.session.export(settings().nextHop(IpAddress.parse("10.9.0.77")).build());

        assertThat(harness.sent(link)).as("IPv4 keeps the session's own address").isEmpty();
    }

    @Test
    void ipv4GoesWithAnIpv6NextHopWhereBothWantIt() {
        // Given
        SessionHarness harness =
                harness(settings().extendedNextHop(true))
                        .offering(
                                new ExtendedNextHopCapability(
                                        List.of(ExtendedNextHopCapability.Tuple.IPV4_OVER_IPV6)));
        harness.network.setLocalAddress("2001:db8:9::1");

        // When
        UpdateMessage update = firstUpdate(harness);

        // Then
        assertThat(update.announced()).isEmpty();
        assertThat(update.attribute(MpReach.class))
                .contains(
                        new MpReach(
                                AddressFamily.IPV4_UNICAST,
                                List.of(NODE6),
                                List.of(new Nlri(VIP4))));
    }

    @Test
    void aRouteForTheCustomersOfAPeerSaysSo() {
        SessionHarness agreed =
                harness(settings().role(Role.PEER)).offering(RoleCapability.of(Role.PEER));
        SessionHarness silent = harness(settings().role(Role.PEER));

        assertThat(firstUpdate(agreed).attribute(OnlyToCustomer.class))
                .contains(new OnlyToCustomer(LOCAL));
        assertThat(firstUpdate(silent).attribute(OnlyToCustomer.class)).isEmpty();
    }

    @Test
    void aRefreshHasABeginAndAnEndWhereBothKnowThem() {
        // Given
        SessionHarness harness =
                withBothRoutes(settings()).offering(new EnhancedRouteRefreshCapability());
        Link link = harness.established();
        harness.sent(link);

        // When
        harness.receive(link, REFRESH);

        // Then
        List<BgpMessage> sent = harness.sent(link);
        assertThat(sent).hasSize(3);
        assertThat(sent.getFirst())
                .isEqualTo(
                        new RouteRefreshMessage(
                                AddressFamily.IPV6_UNICAST,
                                RouteRefreshMessage.BEGIN_OF_ROUTE_REFRESH));
        assertThat(sent.getLast())
                .isEqualTo(
                        new RouteRefreshMessage(
                                AddressFamily.IPV6_UNICAST,
                                RouteRefreshMessage.END_OF_ROUTE_REFRESH));
    }

    @Test
    void onePrefixMoreThanAllowedEndsTheSessionForAWhile() {
        // Given
        SessionHarness harness = harness(settings().prefixLimit(2));
        Link link = harness.established();
        harness.sent(link);
        harness.receive(link, harness.announcement(IpPrefix.parse("203.0.113.1/32")));
        harness.receive(link, harness.announcement(IpPrefix.parse("203.0.113.2/32")));
        harness.receive(link, harness.announcement(IpPrefix.parse("203.0.113.2/32")));
        assertThat(harness.session.isEstablished()).isTrue();

        // When
        harness.receive(link, harness.announcement(IpPrefix.parse("203.0.113.3/32")));

        // Then
        assertThat(harness.sent(link))
                .containsExactly(new NotificationMessage(ErrorCode.MAXIMUM_PREFIXES));
        assertThat(harness.session.status().lastError().orElse("")).contains("limit of 2");
        int attempts = harness.network.attempts();
        harness.pass(Duration.ofSeconds(80));
        assertThat(harness.network.attempts()).isEqualTo(attempts);
        harness.pass(Duration.ofSeconds(45));
        assertThat(harness.network.attempts()).isGreaterThan(attempts);
    }

    private static UpdateMessage firstUpdate(SessionHarness harness) {
        harness.session.change(Map.of(VIP4, RouteAttributes.NONE), Set.of());
        return updates(harness, harness.established()).getFirst();
    }

    private static SessionHarness withBothRoutes(PeerSettingsBuilder settings) {
        SessionHarness harness = harness(settings);
        harness.session.change(
                Map.of(VIP4, RouteAttributes.NONE, VIP6, RouteAttributes.NONE), Set.of());
        return harness;
    }

    private static List<UpdateMessage> updates(SessionHarness harness, Link link) {
        return harness.sent(link).stream()
                .filter(UpdateMessage.class::isInstance)
                .map(UpdateMessage.class::cast)
                .toList();
    }

    private static SessionHarness harness(PeerSettingsBuilder settings) {
        return new SessionHarness(settings.build(), PEER);
    }

    private static PeerSettingsBuilder settings() {
        return bare().nextHop(NODE6);
    }

    private static PeerSettingsBuilder bare() {
        return PeerSettings.builder("tester", IpAddress.parse("10.9.0.2"))
                .localAsn(LOCAL)
                .peerAsn(PeerAsn.exactly(PEER.value()))
                .routerId(IpAddress.parse("10.9.0.1"));
    }
}
