package dev.twinstack.bgp.peer;

import static dev.twinstack.net.IpFamily.IPV4;
import static dev.twinstack.net.IpFamily.IPV6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.FamilyStatus;
import dev.twinstack.bgp.LargeCommunity;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.PeerSettingsBuilder;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.bgp.session.Link;
import dev.twinstack.bgp.testing.SessionHarness;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.AsPath;
import dev.twinstack.bgp.wire.BgpEncoder;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.Communities;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.KeepaliveMessage;
import dev.twinstack.bgp.wire.LargeCommunities;
import dev.twinstack.bgp.wire.LocalPreference;
import dev.twinstack.bgp.wire.MpReach;
import dev.twinstack.bgp.wire.MpUnreach;
import dev.twinstack.bgp.wire.NextHop;
import dev.twinstack.bgp.wire.Nlri;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.RouteRefreshMessage;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.bgp.wire.WireOptions;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Routes on a session, octet by octet, in virtual time.
class PeerSessionTest {

    private static final Asn PEER = new Asn(64600);
    private static final IpAddress NODE6 = IpAddress.parse("2001:db8:9::1");
    private static final IpPrefix VIP4 = IpPrefix.parse("192.0.2.80/32");
    private static final IpPrefix VIP6 = IpPrefix.parse("2001:db8::80/128");
    private static final UpdateMessage END4 = UpdateMessage.endOfRib(AddressFamily.IPV4_UNICAST);
    private static final UpdateMessage END6 = UpdateMessage.endOfRib(AddressFamily.IPV6_UNICAST);

    private final SessionHarness harness = new SessionHarness(settings().build(), PEER);

    @Test
    void nothingIsSentBeforeThePeersKeepalive() {
        // Given
        announce(VIP4);
        Link link = harness.openSent();

        // When
        harness.receive(link, harness.open(AddressFamily.IPV4_UNICAST));

        // Then
        assertThat(harness.sent(link)).containsExactly(KeepaliveMessage.INSTANCE);
    }

    @Test
    void bothFamiliesAreSentWithNextHopsOfTheirOwnAndEndOfRib() {
        // Given
        announce(VIP4, VIP6);

        // When
        Link link = harness.established();

        // Then
        List<UpdateMessage> updates = updates(link);
        assertThat(updates).hasSize(4).contains(END4, END6);
        assertThat(updates.get(0).announced()).containsExactly(new Nlri(VIP4));
        assertThat(updates.get(0).attribute(NextHop.class))
                .contains(new NextHop(IpAddress.parse("10.9.0.1")));
        assertThat(updates.get(0).attribute(AsPath.class))
                .contains(AsPath.sequence(new Asn(64512)));
        assertThat(updates.get(2).attribute(MpReach.class))
                .contains(
                        new MpReach(
                                AddressFamily.IPV6_UNICAST,
                                List.of(NODE6),
                                List.of(new Nlri(VIP6))));
    }

    @Test
    void oneChangedPrefixIsOneUpdateAndOneWithdrawal() {
        // Given
        announce(VIP4, VIP6);
        Link link = harness.established();
        harness.sent(link);

        // When
        IpPrefix other = IpPrefix.parse("192.0.2.81/32");
        announce(other);

        // Then
        List<UpdateMessage> announced = updates(link);
        assertThat(announced).hasSize(1);
        assertThat(announced.getFirst().announced()).containsExactly(new Nlri(other));

        // When
        change(Map.of(), Set.of(VIP6));

        // Then
        assertThat(updates(link))
                .containsExactly(
                        new UpdateMessage(
                                List.of(),
                                List.of(
                                        new MpUnreach(
                                                AddressFamily.IPV6_UNICAST,
                                                List.of(new Nlri(VIP6)))),
                                List.of()));
    }

    @Test
    void whatIsSaidTwiceIsSentOnce() {
        // Given
        announce(VIP4);
        Link link = harness.established();
        harness.sent(link);

        // When
        announce(VIP4);
        harness.session.change(Map.of(), Set.of(VIP4));
        announce(VIP4);

        // Then
        assertThat(updates(link)).isEmpty();
    }

    @Test
    void everyAnnouncedPrefixCanBeWithdrawnOneByOne() {
        // Given
        IpPrefix other = IpPrefix.parse("192.0.2.81/32");
        announce(VIP4, other);
        Link link = harness.established();
        harness.sent(link);

        // When
        change(Map.of(), Set.of(VIP4));
        change(Map.of(), Set.of(other, IpPrefix.parse("192.0.2.99/32")));

        // Then
        assertThat(updates(link))
                .extracting(UpdateMessage::withdrawn)
                .containsExactly(List.of(new Nlri(VIP4)), List.of(new Nlri(other)));
        assertThat(harness.session.status().families())
                .containsEntry(IPV4, new FamilyStatus(0, 0, 0, Optional.empty()));
    }

    @Test
    void withdrawalsGoBeforeReplacements() {
        // Given
        IpPrefix gone = IpPrefix.parse("192.0.2.1/32");
        announce(VIP4, gone);
        Link link = harness.established();
        harness.sent(link);

        // When
        change(Map.of(VIP4, with(Community.NO_EXPORT)), Set.of(gone));

        // Then
        List<UpdateMessage> updates = updates(link);
        assertThat(updates).hasSize(2);
        assertThat(updates.get(0).withdrawn()).containsExactly(new Nlri(gone));
        assertThat(updates.get(0).announced()).isEmpty();
        assertThat(updates.get(1).announced()).containsExactly(new Nlri(VIP4));
        assertThat(updates.get(1).attribute(Communities.class))
                .contains(new Communities(List.of(Community.NO_EXPORT)));
    }

    @Test
    void equalAttributesShareAMessage() {
        // Given
        Map<IpPrefix, RouteAttributes> routes =
                IntStream.range(0, 100)
                        .mapToObj(i -> IpPrefix.host(VIP4.address().plus(i)))
                        .collect(
                                Collectors.toMap(
                                        p -> p,
                                        p ->
                                                p.address().low() % 2 == 0
                                                        ? RouteAttributes.NONE
                                                        : with(Community.NO_ADVERTISE)));
        harness.session.change(routes, Set.of());

        // When
        Link link = harness.established();

        // Then
        assertThat(updates(link)).filteredOn(update -> !update.announced().isEmpty()).hasSize(2);
    }

    @Test
    void messagesAreFull() {
        // Given
        harness.session.change(hosts(VIP4, 100_000), Set.of());
        harness.session.change(hosts(VIP6, 100_000), Set.of());

        // When
        Link link = harness.established();

        // Then: FRR 8.4.4 needs 126 and 424 for the same.
        List<UpdateMessage> updates = updates(link);
        assertThat(updates).filteredOn(update -> !update.announced().isEmpty()).hasSize(125);
        assertThat(updates)
                .filteredOn(update -> update.attribute(MpReach.class).isPresent())
                .hasSizeLessThanOrEqualTo(427);
    }

    @Test
    void onlyNegotiatedFamiliesAreSentTheRestIsCountedAndSaid() {
        // Given
        announce(VIP4, VIP6);
        Link link = harness.openSent();

        // When
        harness.establish(link, AddressFamily.IPV4_UNICAST);

        // Then
        List<UpdateMessage> updates = updates(link);
        assertThat(updates).hasSize(2).contains(END4).doesNotContain(END6);
        assertThat(harness.session.status().families())
                .containsEntry(IPV4, new FamilyStatus(1, 0, 0, Optional.empty()))
                .containsEntry(
                        IPV6,
                        new FamilyStatus(
                                0, 0, 1, Optional.of("the peer did not negotiate IPv6 unicast")));
    }

    @Test
    void withoutANextHopOfTheFamilyNothingOfItIsSent() {
        // Given
        SessionHarness poor = new SessionHarness(bare().build(), PEER);
        poor.session.change(
                Map.of(VIP4, RouteAttributes.NONE, VIP6, RouteAttributes.NONE), Set.of());

        // When
        Link link = poor.established();

        // Then
        assertThat(poor.sent(link))
                .filteredOn(UpdateMessage.class::isInstance)
                .hasSize(3)
                .contains(END4, END6);
        assertThat(poor.session.status().families())
                .containsEntry(
                        IPV6,
                        new FamilyStatus(
                                0,
                                0,
                                1,
                                Optional.of("this node has no IPv6 address for a next hop")));
    }

    @Test
    void routesAreSentAgainAfterAReset() {
        // Given
        announce(VIP4, VIP6);
        Link link = harness.established();
        harness.sent(link);
        harness.session.closed(link, "connection closed");
        change(Map.of(), Set.of(VIP6));
        harness.pass(Duration.ofSeconds(1));

        // When
        Link again = harness.connect();
        harness.establish(again, AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST);

        // Then
        List<UpdateMessage> updates = updates(again);
        assertThat(updates).hasSize(3).contains(END4, END6);
        assertThat(updates.getFirst().announced()).containsExactly(new Nlri(VIP4));
    }

    @Test
    void aRefreshIsAnsweredWithAllRoutesOfThatFamilyAlone() {
        // Given
        announce(VIP4, VIP6);
        Link link = harness.established();
        harness.sent(link);

        // When
        harness.receive(
                link,
                new RouteRefreshMessage(AddressFamily.IPV6_UNICAST, RouteRefreshMessage.REQUEST));

        // Then
        List<UpdateMessage> updates = updates(link);
        assertThat(updates).hasSize(1);
        assertThat(updates.getFirst().attribute(MpReach.class)).isPresent();
    }

    @Test
    void towardsAnInternalPeerThereIsAlwaysLocalPref() {
        // Given
        PeerSettings settings = settings().peerAsn(new PeerAsn.Internal()).build();
        SessionHarness internal = new SessionHarness(settings, new Asn(64512));
        internal.session.change(
                Map.of(
                        VIP4,
                        RouteAttributes.NONE,
                        VIP6,
                        new RouteAttributes(OptionalLong.of(7), new TreeSet<>(), new TreeSet<>())),
                Set.of());

        // When
        Link link = internal.established();

        // Then
        List<UpdateMessage> updates = updates(internal, link);
        assertThat(updates.get(0).attribute(LocalPreference.class))
                .contains(new LocalPreference(100));
        assertThat(updates.get(0).attribute(AsPath.class)).contains(AsPath.EMPTY);
        assertThat(updates.get(2).attribute(LocalPreference.class))
                .contains(new LocalPreference(7));
    }

    @Test
    void communitiesOfBothSizesTravel() {
        // Given
        LargeCommunity large = new LargeCommunity(64512, 1, 2);
        harness.session.change(
                Map.of(
                        VIP4,
                        new RouteAttributes(
                                OptionalLong.of(7),
                                new TreeSet<>(Set.of(Community.of(1, 2))),
                                new TreeSet<>(Set.of(large)))),
                Set.of());

        // When
        Link link = harness.established();

        // Then
        UpdateMessage update = updates(link).getFirst();
        assertThat(update.attribute(Communities.class))
                .contains(new Communities(List.of(Community.of(1, 2))));
        assertThat(update.attribute(LargeCommunities.class))
                .contains(new LargeCommunities(List.of(large)));
        assertThat(update.attribute(LocalPreference.class)).as("never to eBGP peers").isEmpty();
    }

    @Test
    void aPeerThatDoesNotReadGetsTheLatestStateOnce() {
        // Given
        Link link = harness.established();
        harness.sent(link);
        harness.network.setWritable(false);
        announce(VIP4);
        change(Map.of(VIP4, with(Community.NO_EXPORT)), Set.of());
        assertThat(updates(link)).isEmpty();

        // When
        harness.network.setWritable(true);
        harness.session.writable();

        // Then
        List<UpdateMessage> updates = updates(link);
        assertThat(updates).hasSize(1);
        assertThat(updates.getFirst().attribute(Communities.class))
                .contains(new Communities(List.of(Community.NO_EXPORT)));
    }

    @Test
    void noUpdateFollowsOurNotification() {
        // Given
        Link link = harness.established();
        harness.sent(link);
        harness.network.setWritable(false);
        announce(VIP4);
        harness.network.onFlush(() -> {
            harness.network.setWritable(true);
            harness.session.writable();
        });

        // When
        harness.receive(link, harness.open(AddressFamily.IPV4_UNICAST));

        // Then
        assertThat(harness.sent(link))
                .singleElement()
                .isEqualTo(new NotificationMessage(ErrorCode.UNEXPECTED_MESSAGE_IN_ESTABLISHED));
    }

    @Test
    void aPeerThatTalksButNeverReadsIsGivenUpAfterEightMinutes() {
        // Given
        Link link = harness.established();
        harness.network.setWritable(false);
        announce(VIP4);
        talk(link, Duration.ofMinutes(7).plusSeconds(30));
        assertThat(harness.network.isClosed(link)).isFalse();

        // When
        talk(link, Duration.ofSeconds(30));

        // Then
        assertThat(harness.network.isClosed(link)).isTrue();
        assertThat(harness.sent(link).getLast())
                .isEqualTo(new NotificationMessage(ErrorCode.SEND_HOLD_TIMER_EXPIRED));
        assertThat(harness.session.status().lastError())
                .contains(
                        "we closed with 8/0 Send Hold Timer Expired: the peer has not read for 480"
                                + " s");
    }

    @Test
    void aPeerThatReadsNowAndThenIsKept() {
        // Given
        Link link = harness.established();
        harness.network.setWritable(false);
        announce(VIP4);
        talk(link, Duration.ofMinutes(7));

        // When
        harness.network.setWritable(true);
        harness.session.writable();
        harness.network.setWritable(false);
        announce(VIP6);
        talk(link, Duration.ofMinutes(7));

        // Then
        assertThat(harness.network.isClosed(link)).isFalse();
    }

    @Test
    void aFrozenPeerIsGivenUpAfterTheHoldTime() {
        // Given
        Link link = harness.established();

        // When
        harness.pass(Duration.ofSeconds(90));

        // Then
        assertThat(harness.network.isClosed(link)).isTrue();
        assertThat(harness.state()).isEqualTo(SessionState.IDLE);
        assertThat(harness.session.status().lastError())
                .contains(
                        "we closed with 4/0 Hold Timer Expired: nothing heard from the peer for"
                                + " 90 s");
    }

    @Test
    void octetsMayComeInAnyPortions() {
        // Given
        Link link = harness.openSent();
        ByteBuf octets = Unpooled.buffer();
        BgpEncoder.encode(harness.open(AddressFamily.IPV4_UNICAST), octets, WireOptions.INITIAL);
        BgpEncoder.encode(KeepaliveMessage.INSTANCE, octets, WireOptions.INITIAL);

        ByteBuf arrived = Unpooled.buffer();

        // When
        while (octets.isReadable()) {
            arrived.writeByte(octets.readByte());
            harness.session.received(link, arrived);
        }

        // Then
        assertThat(harness.state()).isEqualTo(SessionState.ESTABLISHED);
    }

    private void announce(IpPrefix... prefixes) {
        change(
                List.of(prefixes).stream()
                        .collect(Collectors.toMap(p -> p, _ -> RouteAttributes.NONE)),
                Set.of());
    }

    private void change(Map<IpPrefix, RouteAttributes> changed, Set<IpPrefix> withdrawn) {
        harness.session.change(changed, withdrawn);
        harness.session.sendRoutes();
    }

    private static Map<IpPrefix, RouteAttributes> hosts(IpPrefix first, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> IpPrefix.host(first.address().plus(i)))
                .collect(Collectors.toMap(p -> p, _ -> RouteAttributes.NONE));
    }

    private List<UpdateMessage> updates(Link link) {
        return updates(harness, link);
    }

    private static List<UpdateMessage> updates(SessionHarness harness, Link link) {
        List<UpdateMessage> updates = new ArrayList<>();
        for (BgpMessage message : harness.sent(link)) {
            if (message instanceof UpdateMessage update) {
                updates.add(update);
            }
        }
        return updates;
    }

    /// Time passes while the peer sends KEEPALIVEs.
    private void talk(Link link, Duration time) {
        Duration step = Duration.ofSeconds(30);
        for (Duration passed = Duration.ZERO;
                passed.compareTo(time) < 0;
                passed = passed.plus(step)) {
            harness.receive(link, KeepaliveMessage.INSTANCE);
            harness.pass(step);
        }
    }

    private static RouteAttributes with(Community community) {
        return new RouteAttributes(
                OptionalLong.empty(), new TreeSet<>(Set.of(community)), new TreeSet<>());
    }

    private static PeerSettingsBuilder bare() {
        return PeerSettings.builder("peer", IpAddress.parse("10.9.0.2"))
                .localAsn(new Asn(64512))
                .peerAsn(PeerAsn.exactly(64600))
                .routerId(IpAddress.parse("10.9.0.1"));
    }

    private static PeerSettingsBuilder settings() {
        return bare().nextHop(NODE6);
    }
}
