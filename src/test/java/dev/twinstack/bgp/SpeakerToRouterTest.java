package dev.twinstack.bgp;

import static dev.twinstack.net.IpFamily.IPV4;
import static dev.twinstack.net.IpFamily.IPV6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.twinstack.bgp.testing.RecordedEvents;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The speaker and the router over real sockets on loopback.
class SpeakerToRouterTest {

    private static final IpAddress ROUTER = IpAddress.parse("127.0.0.1");
    private static final IpAddress NODE = IpAddress.parse("127.0.0.2");
    private static final IpPrefix VIP4 = IpPrefix.parse("192.0.2.80/32");
    private static final IpPrefix VIP6 = IpPrefix.parse("2001:db8::80/128");
    private static final Set<IpFamily> BOTH = EnumSet.allOf(IpFamily.class);

    private final RecordedEvents events = new RecordedEvents();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    @Test
    void bothFamiliesTravelOnOneSession() throws IOException {
        // Given
        BgpRouter router = router(BOTH, 64512);
        BgpSpeaker speaker = speaker();
        speaker.setPeers(List.of(peer(router).build()));

        // When
        announce(speaker, VIP4, VIP6);

        // Then
        await().untilAsserted(() -> assertThat(prefixes(router)).containsExactly(VIP4, VIP6));
        assertThat(router.routes())
                .allSatisfy(route -> {
                    assertThat(route.asPath()).isEqualTo("64512");
                    assertThat(route.best()).isTrue();
                })
                .extracting(ReceivedRoute::nextHops)
                .containsExactly(
                        List.of(IpAddress.parse("198.51.100.2")),
                        List.of(IpAddress.parse("2001:db8:1::2")));
        SessionStatus status = only(speaker.sessions());
        assertThat(status.state()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(status.negotiatedFamilies()).containsExactlyInAnyOrder(IPV4, IPV6);
        assertThat(status.localAddress()).contains(NODE);
    }

    @Test
    void aWithdrawnPrefixGoesAndNothingElseIsSaid() throws IOException {
        // Given
        BgpRouter router = router(BOTH, 64512);
        BgpSpeaker speaker = speaker();
        speaker.setPeers(List.of(peer(router).build()));
        announce(speaker, VIP4, VIP6);
        await().untilAsserted(() -> assertThat(prefixes(router)).hasSize(2));
        long before = only(speaker.sessions()).counters().sent().updates();

        // When
        speaker.setRoutes("router", Map.of(), Set.of(VIP4));

        // Then
        await().untilAsserted(() -> assertThat(prefixes(router)).containsExactly(VIP6));
        assertThat(only(speaker.sessions()).counters().sent().updates()).isEqualTo(before + 1);
    }

    @Test
    void aFamilyTheRouterLacksIsNotSentAndSaid() throws IOException {
        // Given
        BgpRouter router = router(EnumSet.of(IPV4), 64512);
        BgpSpeaker speaker = speaker();
        speaker.setPeers(List.of(peer(router).build()));

        // When
        announce(speaker, VIP4, VIP6);

        // Then
        await().untilAsserted(() -> assertThat(prefixes(router)).containsExactly(VIP4));
        assertThat(only(speaker.sessions()).families())
                .containsEntry(
                        IPV6,
                        new FamilyStatus(
                                0, 0, 1, Optional.of("the peer did not negotiate IPv6 unicast")));
    }

    @Test
    void routesComeBackWhenTheRouterComesBack() throws IOException {
        // Given
        BgpRouter router = router(BOTH, 64512);
        ListenAddress where = only(router.listening());
        BgpSpeaker speaker = speaker();
        speaker.setPeers(List.of(peer(router).build()));
        announce(speaker, VIP4, VIP6);
        await().untilAsserted(() -> assertThat(prefixes(router)).hasSize(2));

        // When
        router.close();
        BgpRouter again = router(BOTH, 64512, where.port());

        // Then
        await().untilAsserted(() -> assertThat(prefixes(again)).containsExactly(VIP4, VIP6));
        assertThat(events.heard())
                .contains(
                        "router down: the peer closed with 6/2 Administrative Shutdown"
                                + " \"Twinstack's router is shutting down\": its operator shut the"
                                + " session down");
    }

    @Test
    void aWrongAsIsSaidInWords() throws IOException {
        // Given
        BgpRouter router = router(BOTH, 65000);
        BgpSpeaker speaker = speaker();

        // When
        speaker.setPeers(List.of(peer(router).build()));

        // Then
        await().untilAsserted(() ->
                assertThat(only(speaker.sessions()).lastError().orElse(""))
                        .isEqualTo(
                                "the peer closed with 2/2 Bad Peer AS: it expects"
                                        + " another ASN than 64512"));
    }

    @Test
    void aSessionWithAPasswordNeedsTheSameOnBothSides() throws IOException {
        // Given
        BgpRouter router = router(BOTH, 64512, 0, Password.of("open sesame"));
        BgpSpeaker speaker = speaker();

        // When
        speaker.setPeers(
                List.of(
                        peer(router).password(Password.of("open sesame")).build(),
                        peer("other", router).sourceAddress(IpAddress.parse("127.0.0.3")).build()));

        // Then
        await().untilAsserted(() ->
                assertThat(status(speaker, "router").state()).isEqualTo(SessionState.ESTABLISHED));
        assertThat(status(speaker, "other").isEstablished()).isFalse();
    }

    @Test
    void onePeersChangeDoesNotTouchTheOther() throws IOException {
        // Given
        BgpRouter first = router(BOTH, 64512);
        BgpRouter second = router(BOTH, 64512);
        BgpSpeaker speaker = speaker();
        PeerSettings one = peer("one", first).build();
        speaker.setPeers(List.of(one, peer("two", second).build()));
        speaker.setRoutes("two", Map.of(VIP4, RouteAttributes.NONE), Set.of());
        await().until(() -> speaker.sessions().stream().allMatch(SessionStatus::isEstablished));
        SessionCounters before = status(speaker, "one").counters();

        // When
        speaker.setPeers(
                List.of(one, peer("two", second).holdTime(Duration.ofSeconds(30)).build()));

        // Then
        await().untilAsserted(() -> assertThat(prefixes(second)).containsExactly(VIP4));
        await().untilAsserted(() ->
                assertThat(status(speaker, "two").negotiatedHoldTime())
                        .contains(Duration.ofSeconds(30)));
        assertThat(status(speaker, "one").counters().established()).isEqualTo(before.established());
        assertThat(events.heard()).noneMatch(line -> line.startsWith("one down"));
    }

    @Test
    void otherNextHopsAreSaidOnTheSameSession() throws IOException {
        // Given
        BgpRouter router = router(BOTH, 64512);
        BgpSpeaker speaker = speaker();
        speaker.setPeers(List.of(peer(router).build()));
        announce(speaker, VIP4, VIP6);
        await().untilAsserted(() -> assertThat(prefixes(router)).hasSize(2));

        // When
        IpAddress moved = IpAddress.parse("2001:db8:1::3");
        speaker.setPeers(List.of(peer(router).nextHop(moved).med(7).build()));

        // Then
        await().untilAsserted(() ->
                assertThat(router.routes())
                        .extracting(ReceivedRoute::nextHops)
                        .containsExactly(List.of(IpAddress.parse("198.51.100.2")), List.of(moved)));
        assertThat(router.routes()).allSatisfy(route -> assertThat(route.med()).hasValue(7));
        assertThat(only(speaker.sessions()).counters().established()).isOne();
        assertThat(events.heard()).noneMatch(line -> line.contains("down"));
    }

    @Test
    void aPeerThatIsTooFarAwayNeverComesUp() throws IOException {
        // Given a speaker that waits for its peer on the link
        BgpSpeaker speaker = speaker();
        int port = speaker.listen(new ListenAddress(NODE, 0)).port();
        speaker.setPeers(List.of(waiting().ttlSecurity(1).build()));

        // When the router calls, with the kernel's TTL, as if it were far away
        BgpRouter router = callingRouter(port);

        // Then it hears us, and nothing of what it says then is taken. (What came before the
        // connection was accepted, the kernel has taken; so it is with all who set this option.)
        await().until(() -> only(router.sessions()).counters().sent().keepalives() > 0);
        await().during(Duration.ofSeconds(1))
                .until(() -> only(speaker.sessions()).counters().received().keepalives() == 0);
        assertThat(only(speaker.sessions()).state()).isNotEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void aPeerThatMayBeFurtherAwayThanBeforeComesUp() throws IOException {
        // Given a peer that was too far away, whose acknowledgements we did not take
        BgpSpeaker speaker = speaker();
        int port = speaker.listen(new ListenAddress(NODE, 0)).port();
        speaker.setPeers(List.of(waiting().ttlSecurity(1).build()));
        BgpRouter router = callingRouter(port);
        await().until(() -> only(router.sessions()).counters().sent().keepalives() > 0);
        await().during(Duration.ofSeconds(1))
                .until(() -> !only(speaker.sessions()).isEstablished());

        // When
        speaker.setPeers(List.of(waiting().ttlSecurity(254).build()));

        // Then
        await().until(() -> only(speaker.sessions()).isEstablished());
    }

    @Test
    void aPortThatNobodyNamesAnyMoreIsClosed() throws IOException {
        // Given
        BgpSpeaker speaker = speaker();
        ListenAddress bound = speaker.listen(new ListenAddress(NODE, 0));
        speaker.setPeers(List.of(waiting().build()));
        BgpRouter router = callingRouter(bound.port());
        await().until(() -> only(speaker.sessions()).isEstablished());

        // When
        speaker.unlisten(bound);

        // Then nobody gets in any more
        await().untilAsserted(() ->
                assertThatThrownBy(() -> new Socket(NODE.toInetAddress(), bound.port()).close())
                        .isInstanceOf(ConnectException.class));
        // And who is in may stay
        assertThat(only(router.sessions()).isEstablished()).isTrue();
        // And the port may be had again
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(speaker.listen(bound)).isEqualTo(bound));
    }

    @Test
    void aPeerThatCallsAgainAndAgainGetsNoMoreThanSoManyConnections() throws IOException {
        // Given a peer that never closes
        BgpSpeaker speaker = speaker();
        int port = speaker.listen(new ListenAddress(NODE, 0)).port();
        speaker.setPeers(List.of(waiting().build()));
        assertThat(only(speaker.sessions()).state()).isEqualTo(SessionState.ACTIVE);
        for (int i = 0; i < 16; i++) {
            assertThat(call(port).getInputStream().read()).isEqualTo(0xff);
        }

        // When
        Socket oneMore = call(port);

        // Then it is closed without a word
        assertThat(oneMore.getInputStream().read()).isEqualTo(-1);
        // And when the old ones are gone it is welcome again
        await().untilAsserted(() -> assertThat(call(port).getInputStream().read()).isEqualTo(0xff));
    }

    @Test
    void whoCallsFromAPrefixGetsASessionLikeThePeersOwn() throws IOException {
        // Given a peer that is not there, and others who may call in its place
        BgpSpeaker speaker = speaker();
        int port = speaker.listen(new ListenAddress(NODE, 0)).port();
        AcceptFrom two = new AcceptFrom(Set.of(IpPrefix.parse("127.0.0.0/29")), 2);
        PeerSettings settings =
                waitingFor("127.0.0.77")
                        .nextHop(IpAddress.parse("198.51.100.2"))
                        .nextHop(IpAddress.parse("2001:db8:1::2"))
                        .password(Password.of("open sesame"))
                        .acceptFrom(two)
                        .build();
        speaker.setPeers(List.of(settings));
        speaker.setRoutes("router", Map.of(VIP4, RouteAttributes.NONE), Set.of());

        // When
        BgpSpeaker router = caller(port, "127.0.0.3", Password.of("open sesame"));

        // Then
        await().untilAsserted(() ->
                assertThat(announced(speaker, "router@127.0.0.3"))
                        .isEqualTo(Map.of(IPV4, 1, IPV6, 0)));

        // And it has all changes
        speaker.setRoutes("router", Map.of(VIP6, RouteAttributes.NONE), Set.of(VIP4));
        await().untilAsserted(() ->
                assertThat(announced(speaker, "router@127.0.0.3"))
                        .isEqualTo(Map.of(IPV4, 0, IPV6, 1)));

        // And who has another password does not get in, nor who comes from elsewhere
        BgpSpeaker wrong = caller(port, "127.0.0.4", Password.of("barley"));
        BgpSpeaker stranger = caller(port, "127.0.0.9", null);
        await().during(Duration.ofSeconds(1)).until(() -> speaker.sessions().size() == 2);
        assertThat(only(wrong.sessions()).isEstablished()).isFalse();
        assertThat(only(stranger.sessions()).isEstablished()).isFalse();

        // And who goes is forgotten
        router.close();
        await().until(() -> speaker.sessions().size() == 1);

        // And with the prefix go all that came from it
        BgpSpeaker again = caller(port, "127.0.0.5", Password.of("open sesame"));
        await().until(() -> only(again.sessions()).isEstablished());
        speaker.setPeers(List.of(waitingFor("127.0.0.77").build()));
        await().until(() -> speaker.sessions().size() == 1);
        await().untilAsserted(() ->
                assertThat(only(again.sessions()).lastError().orElse("")).contains("6/3"));
    }

    @Test
    void thereAreNoMoreCallersFromAPrefixThanItsLimit() throws IOException {
        // Given
        BgpSpeaker speaker = speaker();
        int port = speaker.listen(new ListenAddress(NODE, 0)).port();
        AcceptFrom one = new AcceptFrom(Set.of(IpPrefix.parse("127.0.0.0/29")), 1);
        speaker.setPeers(List.of(waitingFor("127.0.0.77").acceptFrom(one).build()));
        BgpSpeaker first = caller(port, "127.0.0.3", null);
        await().until(() -> only(first.sessions()).isEstablished());

        // When
        BgpSpeaker second = caller(port, "127.0.0.4", null);

        // Then
        await().until(() -> only(second.sessions()).lastError().isPresent());
        assertThat(only(second.sessions()).isEstablished()).isFalse();
        // And there is room when the first one has gone
        first.close();
        await().until(() -> only(second.sessions()).isEstablished());
    }

    /// A router that calls from this address.
    private BgpSpeaker caller(int port, String from, @Nullable Password password) {
        BgpSpeaker caller = keep(new BgpSpeaker(BgpEvents.NONE, Restart.NONE));
        caller.setPeers(
                List.of(
                        PeerSettings.builder("node", NODE)
                                .port(port)
                                .sourceAddress(IpAddress.parse(from))
                                .localAsn(new Asn(64500))
                                .peerAsn(PeerAsn.exactly(64512))
                                .routerId(IpAddress.parse("192.0.2.1"))
                                .password(password)
                                .build()));
        return caller;
    }

    private static Map<IpFamily, Integer> announced(BgpSpeaker speaker, String peer) {
        // None before the session is there.
        return speaker.sessions().stream()
                .filter(status -> status.peer().equals(peer))
                .flatMap(status -> status.families().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, of -> of.getValue().announced()));
    }

    private Socket call(int port) throws IOException {
        return keep(new Socket(NODE.toInetAddress(), port, ROUTER.toInetAddress(), 0));
    }

    private static PeerSettingsBuilder waiting() {
        return waitingFor(ROUTER.toString());
    }

    private static PeerSettingsBuilder waitingFor(String address) {
        return PeerSettings.builder("router", IpAddress.parse(address))
                .localAsn(new Asn(64512))
                .peerAsn(PeerAsn.exactly(64500))
                .routerId(IpAddress.parse("192.0.2.2"))
                .passive(true);
    }

    private BgpRouter callingRouter(int port) throws IOException {
        return keep(
                BgpRouter.start(
                        new RouterSettings(
                                new Asn(64500),
                                IpAddress.parse("192.0.2.1"),
                                List.of(),
                                Duration.ofSeconds(90),
                                List.of(
                                        new RouterSettings.Peer(
                                                NODE,
                                                port,
                                                PeerAsn.exactly(64512),
                                                BOTH,
                                                false,
                                                Optional.empty())),
                                List.of()),
                        BgpEvents.NONE));
    }

    @Test
    void aRemovedPeerIsToldSo() throws IOException {
        // Given
        BgpRouter router = router(BOTH, 64512);
        BgpSpeaker speaker = speaker();
        speaker.setPeers(List.of(peer(router).build()));
        await().until(() -> only(speaker.sessions()).isEstablished());

        // When
        speaker.setPeers(List.of());

        // Then
        await().untilAsserted(() ->
                assertThat(only(router.sessions()).lastError())
                        .contains(
                                "the peer closed with 6/3 Peer De-configured: its"
                                        + " operator took us out of its"
                                        + " configuration"));
        assertThat(speaker.sessions()).isEmpty();
    }

    @Test
    void closingWithdrawsBeforeItSaysCease() throws IOException {
        // Given
        BgpRouter router = router(BOTH, 64512);
        BgpSpeaker speaker = new BgpSpeaker(events, Restart.NONE);
        speaker.setPeers(List.of(peer(router).build()));
        announce(speaker, VIP4, VIP6);
        await().untilAsserted(() -> assertThat(prefixes(router)).hasSize(2));
        long updates = only(router.sessions()).counters().received().updates();

        // When
        speaker.close();

        // Then
        SessionStatus status = only(router.sessions());
        assertThat(status.counters().received().updates()).isEqualTo(updates + 2);
        assertThat(status.lastError().orElse("")).contains("6/2 Administrative Shutdown");
        assertThat(router.routes()).isEmpty();
    }

    @Test
    void aDrainedNodeHasNoSessionsUntilItIsWantedAgain() throws IOException {
        // Given
        BgpRouter router = router(BOTH, 64512);
        BgpSpeaker speaker = speaker();
        speaker.setPeers(List.of(peer(router).drainTime(Duration.ofSeconds(1)).build()));
        announce(speaker, VIP4, VIP6);
        await().untilAsserted(() -> assertThat(prefixes(router)).hasSize(2));

        // When
        speaker.drain("new kernel");

        // Then the routes lose their preference, go, and with them the session
        await().untilAsserted(() ->
                assertThat(router.routes())
                        .hasSize(2)
                        .allSatisfy(route ->
                                assertThat(route.communities())
                                        .containsExactly(Community.GRACEFUL_SHUTDOWN)));
        await().untilAsserted(() ->
                assertThat(only(router.sessions()).lastError().orElse(""))
                        .contains("6/2 Administrative Shutdown \"new kernel\""));
        assertThat(only(speaker.sessions()).drain()).isEqualTo(DrainState.DRAINED);

        // And other settings do not open it
        speaker.setPeers(List.of(peer(router).holdTime(Duration.ofSeconds(30)).build()));
        await().untilAsserted(() ->
                assertThat(only(speaker.sessions()).drain()).isEqualTo(DrainState.DRAINED));

        // When
        speaker.undrain();

        // Then
        await().untilAsserted(() -> assertThat(prefixes(router)).containsExactly(VIP4, VIP6));
    }

    @Test
    void manyRoutesShareMessages() throws IOException {
        // Given
        BgpRouter router = router(BOTH, 64512);
        BgpSpeaker speaker = speaker();
        Map<IpPrefix, RouteAttributes> thousand =
                IntStream.range(0, 1000)
                        .mapToObj(i -> IpPrefix.host(IpAddress.parse("10.0.0.0").plus(i)))
                        .collect(Collectors.toMap(p -> p, _ -> RouteAttributes.NONE));
        speaker.setPeers(List.of(peer(router).build()));

        // When
        speaker.setRoutes("router", thousand, Set.of());

        // Then
        await().untilAsserted(() -> assertThat(prefixes(router)).hasSize(1000));
        assertThat(only(speaker.sessions()).counters().sent().updates())
                .as("one long message for the routes, two End-of-RIBs")
                .isEqualTo(3);
    }

    @Test
    void aStrangerIsTurnedAway() throws IOException {
        // Given
        BgpRouter router = router(BOTH, 64512);
        BgpSpeaker speaker = speaker();

        // When
        speaker.setPeers(
                List.of(peer(router).sourceAddress(IpAddress.parse("127.0.0.99")).build()));

        // Then
        await().untilAsserted(() ->
                assertThat(only(speaker.sessions()).lastError().orElse(""))
                        .contains("does it know this node as a neighbor"));
        assertThat(only(router.sessions()).counters().received().total()).isZero();
    }

    @Test
    void strangersFromADynamicRangeAreWelcome() throws IOException {
        // Given
        RouterSettings settings =
                new RouterSettings(
                        new Asn(64500),
                        IpAddress.parse("192.0.2.1"),
                        List.of(new ListenAddress(ROUTER, 0)),
                        Duration.ofSeconds(90),
                        List.of(),
                        List.of(
                                new RouterSettings.DynamicPeers(
                                        IpPrefix.parse("127.0.0.0/8"),
                                        new PeerAsn.External(),
                                        BOTH)));
        BgpRouter router = keep(BgpRouter.start(settings, BgpEvents.NONE));
        BgpSpeaker speaker = speaker();

        // When
        speaker.setPeers(List.of(peer(router).build()));
        announce(speaker, VIP6);

        // Then
        await().untilAsserted(() -> assertThat(prefixes(router)).containsExactly(VIP6));
    }

    private BgpRouter router(Set<IpFamily> families, long expectedAs) throws IOException {
        return router(families, expectedAs, 0);
    }

    private BgpRouter router(Set<IpFamily> families, long expectedAs, int port) throws IOException {
        return router(families, expectedAs, port, null);
    }

    private BgpRouter router(
            Set<IpFamily> families, long expectedAs, int port, @Nullable Password password)
            throws IOException {
        RouterSettings settings =
                new RouterSettings(
                        new Asn(64500),
                        IpAddress.parse("192.0.2.1"),
                        List.of(new ListenAddress(ROUTER, port)),
                        Duration.ofSeconds(90),
                        List.of(
                                new RouterSettings.Peer(
                                        NODE,
                                        179,
                                        PeerAsn.exactly(expectedAs),
                                        families,
                                        true,
                                        Optional.ofNullable(password))),
                        List.of());
        return keep(BgpRouter.start(settings, BgpEvents.NONE));
    }

    private BgpSpeaker speaker() {
        return keep(new BgpSpeaker(events, Restart.NONE));
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        open.add(closeable);
        return closeable;
    }

    private static PeerSettingsBuilder peer(BgpRouter router) {
        return peer("router", router);
    }

    private static PeerSettingsBuilder peer(String name, BgpRouter router) {
        return PeerSettings.builder(name, ROUTER)
                .port(only(router.listening()).port())
                .sourceAddress(NODE)
                .localAsn(new Asn(64512))
                .peerAsn(PeerAsn.exactly(64500))
                .routerId(IpAddress.parse("192.0.2.2"))
                .nextHop(IpAddress.parse("198.51.100.2"))
                .nextHop(IpAddress.parse("2001:db8:1::2"));
    }

    private static void announce(BgpSpeaker speaker, IpPrefix... prefixes) {
        speaker.setRoutes(
                "router",
                List.of(prefixes).stream()
                        .collect(Collectors.toMap(p -> p, _ -> RouteAttributes.NONE)),
                Set.of());
    }

    private static List<IpPrefix> prefixes(BgpRouter router) {
        return router.routes().stream().map(ReceivedRoute::prefix).toList();
    }

    private static SessionStatus status(BgpSpeaker speaker, String peer) {
        return speaker.sessions().stream()
                .filter(status -> status.peer().equals(peer))
                .findFirst()
                .orElseThrow();
    }

    private static <T> T only(List<T> one) {
        assertThat(one).hasSize(1);
        return one.getFirst();
    }
}
