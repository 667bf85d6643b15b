package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.announce.RouteChanges;
import dev.twinstack.announce.RouteTable;
import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.LargeCommunity;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.config.ConfigLoader;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.testing.conformance.Fields;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every case of `session_contents` in `conformance/misc.json`: what a session is told, as the
/// [RouteTable] passes it on, and how it is set up.
class SessionContentsConformanceTest {

    private static final String PEER = "peer";
    private static final NodeAddresses NODE =
            NodeAddresses.of("node-1", List.of("192.0.2.10", "2001:db8::10"), List.of());

    @TestFactory
    Stream<DynamicTest> cases() {
        return Fields.file("misc.json").objects("session_contents").stream()
                .map(each -> dynamicTest(each.text("summary"), () -> check(each)));
    }

    private static void check(Fields each) {
        each.remarks("summary", "source", "modes", "derived", "note");
        Fields given = each.object("given");
        Fields expect = each.object("expect");
        if (given.has("set")) {
            checkRoutes(given, expect);
        } else if (given.has("close")) {
            checkClosed(given, expect);
        } else {
            checkSetup(given, expect);
        }
        given.end();
        expect.end();
        each.end();
    }

    private static void checkRoutes(Fields given, Fields expect) {
        // Given
        List<Fields> set = given.objects("set");
        RouteTable table = new RouteTable();
        // When
        set(table, set);
        if (given.has("then_set")) {
            set(table, given.objects("then_set"));
        }
        // Then
        SortedMap<IpPrefix, RouteAttributes> routes = table.routes(PEER);
        if (expect.has("advertised")) {
            assertThat(routes.keySet())
                    .extracting(IpPrefix::toString)
                    .containsExactlyInAnyOrderElementsOf(expect.texts("advertised"));
        }
        if (expect.has("times")) {
            long times =
                    table.takeChanges().values().stream()
                            .map(RouteChanges::announced)
                            .mapToLong(Map::size)
                            .sum();
            assertThat(times).isEqualTo(expect.number("times"));
        }
        if (expect.has("communities")) {
            RouteAttributes attributes = routes.firstEntry().getValue();
            assertThat(attributes.communities())
                    .extracting(Community::toString)
                    .containsExactlyElementsOf(expect.texts("communities"));
            assertThat(attributes.largeCommunities())
                    .extracting(LargeCommunity::toString)
                    .containsExactlyElementsOf(expect.texts("large_communities"));
        }
        if (expect.flag("same_result_for_any_order", false)) {
            RouteTable reversed = new RouteTable();
            set(reversed, set.reversed());
            assertThat(reversed.routes(PEER)).isEqualTo(routes);
        }
        given.remarks("sessions");
    }

    /// Each entry is one Service's, so that equal prefixes of several meet.
    private static void set(RouteTable table, List<Fields> advertisements) {
        table.remove(service(0));
        table.remove(service(1));
        for (Fields entry : advertisements) {
            IpPrefix prefix = IpPrefix.parse(entry.text("prefix"));
            List<String> peers = entry.texts("peers");
            assertThat(peers.size()).isLessThanOrEqualTo(1);
            table.put(
                    service(advertisements.indexOf(entry)),
                    Map.of(PEER, Map.of(prefix, attributes(entry))));
            entry.end();
        }
    }

    private static ServiceKey service(int index) {
        return new ServiceKey("demo", "service-" + index);
    }

    private static RouteAttributes attributes(Fields entry) {
        List<Community> communities = new ArrayList<>();
        List<LargeCommunity> large = new ArrayList<>();
        for (String text : entry.texts("communities")) {
            if (text.startsWith("large:")) {
                large.add(LargeCommunity.parse(text));
            } else {
                communities.add(Community.parse(text));
            }
        }
        return new RouteAttributes(
                entry.has("localPref")
                        ? OptionalLong.of(entry.number("localPref"))
                        : OptionalLong.empty(),
                new TreeSet<>(communities),
                new TreeSet<>(large));
    }

    private static void checkClosed(Fields given, Fields expect) {
        assertThat(given.flag("close", false)).isTrue();
        RecordedSessions sessions = new RecordedSessions();
        Announcer announcer = new Announcer(sessions, news -> {});
        announcer.peers(setup(Map.of("peerAddress", "192.0.2.1", "peerASN", 64513)).settings());
        announcer.flush();
        announcer.peers(List.of());
        announcer.flush();
        assertThat(sessions.peers).hasSize((int) expect.number("sessions"));
    }

    private static void checkSetup(Fields given, Fields expect) {
        Map<String, Object> spec = new LinkedHashMap<>();
        for (String name : given.names()) {
            JsonNode value = given.raw(name);
            spec.put(name, value.asText());
        }
        if (expect.has("timers")) {
            PeerSettings settings = only(spec);
            long hold = settings.holdTime().toSeconds();
            assertThat(hold + "/" + hold / 3).isEqualTo(expect.text("timers"));
            assertThat(settings.keepalive()).isEmpty();
        } else if (expect.has("peer_as")) {
            assertThat(expect.text("peer_as")).isEqualTo("same as own / any other than own");
            assertThat(accepts("internal", 64512)).isTrue();
            assertThat(accepts("internal", 64513)).isFalse();
            assertThat(accepts("external", 64512)).isFalse();
            assertThat(accepts("external", 64513)).isTrue();
        } else {
            checkUnnumbered(expect, spec);
        }
    }

    /// An exception, see `docs/conformance.md`: read, and said to be missing.
    private static void checkUnnumbered(Fields expect, Map<String, Object> spec) {
        assertThat(expect.text("session")).isEqualTo("unnumbered, both families");
        spec.put("peerASN", 64513);
        PeerSetup setup = setup(spec);
        assertThat(setup.settings().size() + setup.problems().size()).isEqualTo(1);
    }

    private static boolean accepts(String dynamicAsn, long asn) {
        PeerSettings settings = only(new LinkedHashMap<>(Map.of("dynamicASN", dynamicAsn)));
        return settings.peerAsn().accepts(new Asn(64512), new Asn(asn));
    }

    private static PeerSettings only(Map<String, Object> spec) {
        spec.putIfAbsent("peerAddress", "192.0.2.1");
        if (!spec.containsKey("dynamicASN")) {
            spec.putIfAbsent("peerASN", 64513);
        }
        PeerSetup setup = setup(spec);
        assertThat(setup.problems()).isEmpty();
        return setup.settings().getFirst();
    }

    private static PeerSetup setup(Map<String, Object> spec) {
        Map<String, Object> whole = new LinkedHashMap<>(spec);
        whole.put("myASN", 64512);
        BGPPeer peer =
                Serialization.unmarshal(
                        Serialization.asJson(
                                Map.of(
                                        "apiVersion",
                                        "metallb.io/v1beta2",
                                        "kind",
                                        "BGPPeer",
                                        "metadata",
                                        Map.of("name", PEER),
                                        "spec",
                                        whole)),
                        BGPPeer.class);
        var result = ConfigLoader.load(ConfigObjects.of(List.of(peer)));
        assertThat(result.errors()).isEmpty();
        return PeerSetup.of(result.config().peers(), NODE);
    }
}
