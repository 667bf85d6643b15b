package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.announce.AdvertisementPlanner;
import dev.twinstack.announce.NodeView;
import dev.twinstack.announce.ServiceView;
import dev.twinstack.announce.ServingEndpoints;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.config.BgpAdvertisement;
import dev.twinstack.config.ClusterConfig;
import dev.twinstack.config.Peer;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.operator.speaker.RecordedSessions.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnouncerTest {

    private static final NodeAddresses ADDRESSES =
            NodeAddresses.of("node", List.of("192.0.2.10", "2001:db8::10"), List.of());
    private static final Peer TOR = Peers.at("tor", "192.0.2.1");
    private static final Peer SPINE = Peers.at("spine", "192.0.2.2");
    private static final ServingEndpoints SERVING = new ServingEndpoints(true, Set.of());
    private static final IpPrefix V4 = IpPrefix.parse("198.51.100.7/32");
    private static final IpPrefix V6 = IpPrefix.parse("2001:db8:1::7/128");

    private final RecordedSessions sessions = new RecordedSessions();
    private final List<ServiceAnnouncement> news = new ArrayList<>();
    private final Announcer announcer = new Announcer(sessions, news::add);

    @Test
    void bothFamiliesOfAServiceGoToEachPeerAndAreTakenBack() {
        AdvertisementPlanner planner = configure(TOR, SPINE);
        announcer.look(planner, service("web", "198.51.100.7", "2001:db8:1::7"), SERVING);
        announcer.flush();

        Map<IpPrefix, RouteAttributes> both =
                Map.of(V4, RouteAttributes.NONE, V6, RouteAttributes.NONE);
        assertThat(sessions.routes).containsOnly(Map.entry("tor", both), Map.entry("spine", both));

        announcer.forget(key("web"));
        announcer.flush();

        assertThat(sessions.routes)
                .containsOnly(Map.entry("tor", Map.of()), Map.entry("spine", Map.of()));
    }

    @Test
    void aServiceEventSendsOnlyItsOwnPrefix() {
        AdvertisementPlanner planner = configure(TOR);
        for (int host = 1; host <= 100; host++) {
            announcer.look(planner, service("web" + host, "198.51.100." + host), SERVING);
        }
        announcer.flush();
        sessions.calls.clear();

        announcer.look(planner, service("web7", "198.51.100.207"), SERVING);
        announcer.flush();

        assertThat(sessions.calls)
                .containsExactly(
                        new Call(
                                "tor",
                                Map.of(IpPrefix.parse("198.51.100.207/32"), RouteAttributes.NONE),
                                Set.of(V4)));
        assertThat(sessions.peerCalls).isOne();
    }

    @Test
    void nothingIsSentWhenNothingChanged() {
        AdvertisementPlanner planner = configure(TOR);
        announcer.look(planner, service("web", "198.51.100.7"), SERVING);
        announcer.flush();
        sessions.calls.clear();

        announcer.look(configure(TOR), service("web", "198.51.100.7"), SERVING);
        announcer.flush();

        assertThat(sessions.calls).isEmpty();
        assertThat(sessions.peerCalls).isOne();
    }

    @Test
    void aNewPeerIsToldEverythingAndTheOthersNothing() {
        announcer.look(configure(TOR), service("web", "198.51.100.7"), SERVING);
        announcer.flush();
        sessions.calls.clear();

        announcer.look(configure(TOR, SPINE), service("web", "198.51.100.7"), SERVING);
        announcer.flush();

        assertThat(sessions.calls)
                .containsExactly(new Call("spine", Map.of(V4, RouteAttributes.NONE), Set.of()));
    }

    @Test
    void aPeerThatWasNotUsableIsToldEverythingOnceItIs() {
        Peer overInterface = Peers.on("tor", new Peer.Endpoint.Interface("eth0"));
        announcer.look(configure(overInterface), service("web", "198.51.100.7"), SERVING);
        announcer.flush();
        assertThat(sessions.calls).isEmpty();

        announcer.look(configure(TOR), service("web", "198.51.100.7"), SERVING);
        announcer.flush();

        assertThat(sessions.routes)
                .containsOnly(Map.entry("tor", Map.of(V4, RouteAttributes.NONE)));
    }

    @Test
    void whatAFailureSwallowedIsMadeUpFor() {
        AdvertisementPlanner planner = configure(TOR, SPINE);
        announcer.look(planner, service("web", "198.51.100.7"), SERVING);
        announcer.look(planner, service("mail", "198.51.100.8"), SERVING);
        announcer.flush();
        announcer.forget(key("mail"));
        announcer.look(planner, service("web", "198.51.100.7", "2001:db8:1::7"), SERVING);
        sessions.failures = 1;
        assertThatThrownBy(announcer::flush).isInstanceOf(IllegalStateException.class);

        announcer.flush();

        Map<IpPrefix, RouteAttributes> both =
                Map.of(V4, RouteAttributes.NONE, V6, RouteAttributes.NONE);
        assertThat(sessions.routes).containsOnly(Map.entry("tor", both), Map.entry("spine", both));
        sessions.calls.clear();
        announcer.flush();
        assertThat(sessions.calls).isEmpty();
    }

    @Test
    void aPeerThatIsGoneIsToldNothing() {
        announcer.look(configure(TOR, SPINE), service("web", "198.51.100.7"), SERVING);
        announcer.flush();
        sessions.calls.clear();

        announcer.look(configure(TOR), service("web", "198.51.100.7"), SERVING);
        announcer.flush();

        assertThat(sessions.routes).containsOnlyKeys("tor");
        assertThat(sessions.calls).isEmpty();
    }

    @Test
    void newsComeOncePerChange() {
        AdvertisementPlanner planner = configure(TOR);
        ServiceView web = service("web", "198.51.100.7");

        announcer.look(planner, service("web"), SERVING);
        assertThat(news).isEmpty();

        announcer.look(planner, web, SERVING);
        announcer.look(planner, web, SERVING);
        assertThat(news).hasSize(1);

        announcer.look(planner, web, ServingEndpoints.NONE);
        announcer.look(planner, web, ServingEndpoints.NONE);
        assertThat(news).hasSize(2);
        assertThat(news.getLast().isAnnounced()).isFalse();

        announcer.look(planner, service("web", "198.51.100.8"), SERVING);
        announcer.look(planner, service("web", "198.51.100.9"), SERVING);
        assertThat(news).hasSize(4);
    }

    @Test
    void servicesThatAreNoLongerThereAreForgotten() {
        AdvertisementPlanner planner = configure(TOR);
        announcer.look(planner, service("web", "198.51.100.7"), SERVING);
        announcer.look(planner, service("mail", "198.51.100.8"), SERVING);
        announcer.flush();

        announcer.retain(Set.of(key("mail")));
        announcer.flush();

        assertThat(announcer.announcements()).containsOnlyKeys(key("mail"));
        assertThat(sessions.routes.get("tor")).containsOnlyKeys(IpPrefix.parse("198.51.100.8/32"));
    }

    private AdvertisementPlanner configure(Peer... peers) {
        BgpAdvertisement everything =
                new BgpAdvertisement(
                        "all",
                        Set.of("lan"),
                        32,
                        128,
                        OptionalLong.empty(),
                        Collections.emptySortedSet(),
                        Collections.emptySortedSet(),
                        List.of(),
                        Set.of(),
                        List.of());
        ClusterConfig config =
                new ClusterConfig(
                        List.of(
                                Pool.open(
                                        "lan",
                                        IpPrefix.parse("198.51.100.0/24").range(),
                                        IpPrefix.parse("2001:db8:1::/64").range())),
                        Arrays.asList(peers),
                        List.of(everything),
                        List.of(),
                        Map.of());
        AdvertisementPlanner planner =
                new AdvertisementPlanner(config, new NodeView("node", Map.of(), false), false);
        announcer.peers(PeerSetup.of(planner.peers(), ADDRESSES).settings());
        return planner;
    }

    private static ServiceView service(String name, String... ingress) {
        return new ServiceView(key(name), Map.of(), true, false, List.of(ingress));
    }

    private static ServiceKey key(String name) {
        return new ServiceKey("shop", name);
    }
}
