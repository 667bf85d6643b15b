package dev.twinstack.operator.speaker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.announce.AdvertisementPlanner;
import dev.twinstack.announce.NodeView;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.config.ClusterConfig;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.operator.speaker.SpeakerBgpCases.Expectation;
import dev.twinstack.operator.speaker.SpeakerBgpCases.RouteCase;
import dev.twinstack.operator.speaker.SpeakerBgpCases.Sequence;
import dev.twinstack.operator.speaker.SpeakerBgpCases.ServiceStep;
import dev.twinstack.operator.speaker.SpeakerBgpCases.Slice;
import dev.twinstack.operator.speaker.SpeakerBgpCases.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Runs one sequence of the conformance data through the planner and the announcer: state carries
/// over from step to step, and only differences reach the sessions. As in the tests the data is
/// from, a step looks at its own Service only, also when it changes the configuration.
final class SequenceRun {

    private final Map<String, NodeView> nodes = new TreeMap<>();
    private final String self;
    private final RecordedSessions sessions = new RecordedSessions();
    private final Announcer announcer = new Announcer(sessions, news -> {});
    private List<JsonNode> objects = List.of();

    private SequenceRun(Sequence sequence) {
        this.self = sequence.node();
        sequence.nodes().forEach((name, node) -> nodes.put(name, node.view(name)));
    }

    static void run(Sequence sequence) throws JsonProcessingException {
        SequenceRun run = new SequenceRun(sequence);
        int index = 0;
        for (Step step : sequence.steps()) {
            String name = "step %d, %s".formatted(++index, step.summary());
            Map<String, Set<String>> before = run.peersByService();
            run.take(step);
            run.check(name, step.expect(), before);
        }
    }

    private void take(Step step) throws JsonProcessingException {
        if (step.config() != null) {
            objects = step.config();
        }
        if (step.node() != null) {
            nodes.put(step.node().name(), step.node().view());
        }
        ServiceStep service = step.service();
        if (service != null && Boolean.TRUE.equals(service.deleted())) {
            announcer.forget(service.key());
        }
        ClusterConfig config = ConformanceConfig.load(objects, nodes.values());
        AdvertisementPlanner planner =
                new AdvertisementPlanner(config, requireNonNull(nodes.get(self)), false);
        PeerSetup setup =
                PeerSetup.of(
                        planner.peers(), NodeAddresses.of(self, List.of("10.0.0.1"), List.of()));
        assertThat(setup.problems()).isEmpty();
        announcer.peers(setup.settings());
        if (service != null && service.object() != null) {
            announcer.look(
                    planner,
                    service.object().view(service.key()),
                    Slice.serving(service.endpointSlices()));
        }
        announcer.flush();
    }

    private void check(String step, Expectation expect, Map<String, Set<String>> before) {
        if (expect.sessions() != null) {
            assertThat(routesByAddress()).as(step).isEqualTo(expected(expect.sessions()));
        }
        Map<String, Set<String>> after = peersByService();
        if (expect.statusPeers() != null) {
            expect.statusPeers()
                    .forEach((service, peers) ->
                            assertThat(after.getOrDefault(service, Set.of()))
                                    .as(step + ", peers of " + service)
                                    .containsExactlyInAnyOrderElementsOf(peers));
        }
        Set<String> changed =
                Stream.concat(before.keySet().stream(), after.keySet().stream())
                        .filter(service ->
                                !before.getOrDefault(service, Set.of())
                                        .equals(after.getOrDefault(service, Set.of())))
                        .collect(Collectors.toSet());
        if (expect.written() != null) {
            assertThat(changed).as(step + ", written").containsAll(expect.written());
        }
        if (expect.untouched() != null) {
            assertThat(changed)
                    .as(step + ", untouched")
                    .doesNotContainAnyElementsOf(expect.untouched());
        }
    }

    private Map<String, Map<IpPrefix, RouteCase>> routesByAddress() {
        Map<String, Map<IpPrefix, RouteCase>> byAddress = new TreeMap<>();
        sessions.routes.forEach((peer, routes) -> {
            Map<IpPrefix, RouteCase> cases = new TreeMap<>();
            routes.forEach((prefix, attributes) -> cases.put(prefix, text(prefix, attributes)));
            byAddress.put(requireNonNull(sessions.peers.get(peer)).address().toString(), cases);
        });
        return byAddress;
    }

    private static Map<String, Map<IpPrefix, RouteCase>> expected(
            Map<String, List<RouteCase>> sessions) {
        Map<String, Map<IpPrefix, RouteCase>> expected = new TreeMap<>();
        sessions.forEach((address, routes) -> {
            Map<IpPrefix, RouteCase> byPrefix = new TreeMap<>();
            routes.forEach(route -> byPrefix.put(IpPrefix.parse(route.prefix()), route));
            expected.put(address, byPrefix);
        });
        return expected;
    }

    private static RouteCase text(IpPrefix prefix, RouteAttributes attributes) {
        return new RouteCase(
                prefix.toString(),
                attributes.localPref().orElse(0),
                Stream.concat(
                                attributes.communities().stream().map(Object::toString),
                                attributes.largeCommunities().stream()
                                        .map(large -> "large:" + large))
                        .toList());
    }

    private Map<String, Set<String>> peersByService() {
        Map<String, Set<String>> peers = new TreeMap<>();
        announcer
                .announcements()
                .forEach((key, announced) ->
                        peers.put(key.name(), announced.announcement().routes().keySet()));
        return peers;
    }
}
