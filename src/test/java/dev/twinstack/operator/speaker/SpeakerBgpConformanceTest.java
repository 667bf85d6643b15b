package dev.twinstack.operator.speaker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.announce.AdvertisementPlanner;
import dev.twinstack.announce.Announcement;
import dev.twinstack.announce.NodeView;
import dev.twinstack.announce.ServiceView;
import dev.twinstack.announce.ServingEndpoints;
import dev.twinstack.announce.SilenceReason;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.config.ClusterConfig;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.operator.speaker.SpeakerBgpCases.Advertisement;
import dev.twinstack.operator.speaker.SpeakerBgpCases.Conflict;
import dev.twinstack.operator.speaker.SpeakerBgpCases.Derived;
import dev.twinstack.operator.speaker.SpeakerBgpCases.Matching;
import dev.twinstack.operator.speaker.SpeakerBgpCases.NodesAnnounce;
import dev.twinstack.operator.speaker.SpeakerBgpCases.Slice;
import dev.twinstack.operator.speaker.SpeakerBgpCases.UnitedRoute;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What MetalLB's speaker announces to whom, as data (`conformance/README.md`).
class SpeakerBgpConformanceTest {

    private static final ServingEndpoints SOMEWHERE = new ServingEndpoints(true, Set.of("other"));
    private static final ServiceKey SERVICE = new ServiceKey("default", "service");

    private static SpeakerBgpCases cases;

    @BeforeAll
    static void read() throws IOException {
        cases = SpeakerBgpCases.read();
    }

    @TestFactory
    Stream<DynamicTest> sequences() {
        return cases.sequences().stream()
                .map(sequence -> dynamicTest(sequence.id(), () -> SequenceRun.run(sequence)));
    }

    @TestFactory
    Stream<DynamicTest> matching() {
        return cases.matching().stream()
                .map(matching -> dynamicTest(matching.summary(), () -> checkMatching(matching)));
    }

    @TestFactory
    Stream<DynamicTest> conflicts() {
        return cases.conflicts().stream()
                .map(conflict -> dynamicTest(conflict.summary(), () -> checkConflict(conflict)));
    }

    @TestFactory
    Stream<DynamicTest> announce() {
        return cases.announce().stream()
                .map(announce -> dynamicTest(announce.summary(), () -> checkNodes(announce)));
    }

    @TestFactory
    Stream<DynamicTest> endpointConditions() {
        return cases.endpointConditions().stream()
                .map(condition ->
                        dynamicTest(
                                condition.summary(),
                                () ->
                                        assertThat(
                                                        new SpeakerBgpCases.EndpointCase(
                                                                        List.of("10.0.0.1"),
                                                                        null,
                                                                        condition.conditions())
                                                                .view()
                                                                .canServe())
                                                .isEqualTo(condition.expect().canServe())));
    }

    @TestFactory
    Stream<DynamicTest> endpoints() {
        return cases.endpoints().stream()
                .map(slices ->
                        dynamicTest(
                                slices.summary(),
                                () ->
                                        assertThat(Slice.serving(slices.endpointSlices()).any())
                                                .isEqualTo(slices.expect().canServe())));
    }

    /// Each rung with everything below it wrong too: the highest one is named.
    @TestFactory
    Stream<DynamicTest> reasonLadder() {
        List<String> reasons =
                cases.reasonLadder().stream().map(SpeakerBgpCases.Rung::reason).toList();
        return cases.reasonLadder().stream()
                .map(rung ->
                        dynamicTest(
                                rung.reason(),
                                () -> {
                                    assertThat(rung.result()).isEqualTo("not announced");
                                    checkLadder(
                                            reasons.subList(
                                                    reasons.indexOf(rung.reason()),
                                                    reasons.size()));
                                }));
    }

    @TestFactory
    Stream<DynamicTest> derived() {
        return cases.derived().stream()
                .map(derived -> dynamicTest(derived.summary(), () -> checkDerived(derived)));
    }

    /// Each advertisement has a pool prefix length of its own, which tells whose route it is.
    private static void checkMatching(Matching matching) {
        List<Advertisement> told = new ArrayList<>();
        for (Advertisement advertisement : matching.advertisements()) {
            told.add(
                    new Advertisement(
                            advertisement.name(),
                            advertisement.nodes(),
                            advertisement.serviceSelectors(),
                            32 - told.size(),
                            null,
                            null,
                            null,
                            advertisement.peers()));
        }
        NodeView node = new SpeakerBgpCases.NodeCase(null, null, null).view(matching.node());
        Announcement announcement =
                new AdvertisementPlanner(
                                ConformanceConfig.of(List.of("10.20.0.0/16"), told), node, false)
                        .plan(service(matching.serviceLabels(), "10.20.30.1"), SOMEWHERE);

        assertThat(
                        announcement.routes().values().stream()
                                .flatMap(routes -> routes.keySet().stream())
                                .map(prefix -> told.get(32 - prefix.length()).name())
                                .distinct())
                .containsExactlyInAnyOrderElementsOf(matching.expect());
    }

    private static void checkConflict(Conflict conflict) {
        ClusterConfig config = ConformanceConfig.of(conflict.pool(), conflict.advertisements());
        NodeView node = new SpeakerBgpCases.NodeCase(null, null, null).view("nodeA");
        String address = IpPrefix.parse(conflict.pool().getFirst()).first().next().toString();

        Announcement announcement =
                new AdvertisementPlanner(config, node, false)
                        .plan(service(Map.of(), address), SOMEWHERE);

        assertThat(reason(announcement).equals("conflictingAdvertisements"))
                .as("%s", announcement)
                .isEqualTo(conflict.expect().conflict());
    }

    private static void checkNodes(NodesAnnounce announce) {
        ClusterConfig config = ConformanceConfig.of(announce.pool(), announce.advertisements());
        announce.expect()
                .forEach((name, expected) -> {
                    SpeakerBgpCases.NodeCase node = requireNonNull(announce.nodes().get(name));
                    Announcement announcement =
                            new AdvertisementPlanner(
                                            config,
                                            node.view(name),
                                            Boolean.TRUE.equals(announce.ignoreExcludeLabel()))
                                    .plan(
                                            announce.service().view(SERVICE),
                                            Slice.serving(announce.endpointSlices()));
                    assertThat(reason(announcement)).as(name).isEqualTo(expected);
                });
    }

    private static void checkLadder(List<String> wrong) {
        Ladder ladder = new Ladder();
        for (String reason : wrong.reversed()) {
            ladder.spoil(
                    Arrays.stream(SilenceReason.values())
                            .filter(known -> known.toString().equals(reason))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("unknown reason " + reason)));
        }
        assertThat(reason(ladder.plan())).isEqualTo(wrong.getFirst());
    }

    private static void checkDerived(Derived derived) {
        if (derived.expect() != null) {
            checkUnited(derived, derived.expect());
            return;
        }
        List<String> pool =
                derived.pool() == null ? List.of("10.1.2.0/24", "2001:db8:1::/48") : derived.pool();
        Set<String> prefixes =
                plan(pool, List.of(advertisement("a", derived.advertisement(), null)), derived)
                        .keySet()
                        .stream()
                        .map(IpPrefix::toString)
                        .collect(Collectors.toSet());
        List<String> expected = requireNonNull(derived.prefixes());
        if (isLimitedToTheSessionsFamily(derived)) {
            // We offer both families on every session (docs/conformance.md).
            assertThat(prefixes).containsAll(expected);
        } else {
            assertThat(prefixes).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static boolean isLimitedToTheSessionsFamily(Derived derived) {
        return derived.peer() != null
                && derived.modes() != null
                && !derived.modes().contains("native")
                && derived.peerSpec() == null;
    }

    private static void checkUnited(Derived derived, UnitedRoute expected) {
        IpPrefix prefix = IpPrefix.parse(expected.prefix());
        Map<IpPrefix, RouteAttributes> routes =
                plan(
                        List.of(new IpPrefix(prefix.address(), prefix.length() - 8).toString()),
                        List.of(
                                advertisement(
                                        "a",
                                        null,
                                        requireNonNull(derived.advertisementA()).communities()),
                                advertisement(
                                        "b",
                                        null,
                                        requireNonNull(derived.advertisementB()).communities())),
                        List.of(prefix.address().toString()));
        assertThat(routes).containsOnlyKeys(prefix);
        assertThat(requireNonNull(routes.get(prefix)).communities().stream().map(Object::toString))
                .containsExactlyElementsOf(expected.communities());
    }

    private static Map<IpPrefix, RouteAttributes> plan(
            List<String> pool, List<Advertisement> advertisements, Derived derived) {
        return plan(pool, advertisements, requireNonNull(derived.ingress()));
    }

    private static Map<IpPrefix, RouteAttributes> plan(
            List<String> pool, List<Advertisement> advertisements, List<String> ingress) {
        NodeView node = new NodeView("node", Map.of(), false);
        Announcement announcement =
                new AdvertisementPlanner(ConformanceConfig.of(pool, advertisements), node, false)
                        .plan(service(Map.of(), ingress.toArray(String[]::new)), SOMEWHERE);
        assertThat(announcement).isInstanceOf(Announcement.Announced.class);
        return announcement.routes().values().iterator().next();
    }

    private static Advertisement advertisement(
            String name,
            SpeakerBgpCases.@Nullable Lengths lengths,
            @Nullable List<String> communities) {
        return new Advertisement(
                name,
                null,
                null,
                lengths == null ? null : lengths.aggregationLength(),
                lengths == null ? null : lengths.aggregationLengthV6(),
                null,
                communities,
                null);
    }

    private static ServiceView service(Map<String, String> labels, String... ingress) {
        return new ServiceView(SERVICE, labels, true, false, List.of(ingress));
    }

    private static String reason(Announcement announcement) {
        return switch (announcement) {
            case Announcement.Announced ignored -> "announce";
            case Announcement.Silent silent -> silent.reason().toString();
        };
    }
}
