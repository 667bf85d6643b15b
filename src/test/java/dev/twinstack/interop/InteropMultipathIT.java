package dev.twinstack.interop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.BgpSpeaker;
import dev.twinstack.bgp.Restart;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.testing.lab.LabLan;
import dev.twinstack.testing.lab.LanExtension;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Three nodes announce the same addresses: the routers share the load among them (ECMP), in the
/// kernel's table where the daemon has a hand in it.
@ExtendWith(LanExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteropMultipathIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int FIRST_ROUTER = 166;
    private static final IpPrefix V4 = IpPrefix.parse("198.51.100.200/32");
    private static final IpPrefix V6 = IpPrefix.parse("2001:db8:51::200/128");
    private static final Pattern VIA = Pattern.compile("(?<=via )\\S+");

    private static final List<Session> SESSIONS =
            List.of(
                    Session.over(IpFamily.IPV4, 189),
                    Session.over(IpFamily.IPV6, 190),
                    Session.over(IpFamily.IPV4, 191));

    private final Map<Session, BgpSpeaker> speakers = new HashMap<>();
    private final Nodes nodes;
    private final Routers routers;

    InteropMultipathIT(LabLan lan) {
        nodes = new Nodes(lan, SESSIONS);
        routers = new Routers(lan, "ecmp", FIRST_ROUTER, _ -> SESSIONS);
    }

    @BeforeAll
    void connect() {
        for (Session session : SESSIONS) {
            BgpSpeaker speaker = new BgpSpeaker(BgpEvents.NONE, Restart.NONE);
            speakers.put(session, speaker);
            speaker.setPeers(
                    Arrays.stream(Daemon.values())
                            .map(daemon ->
                                    session.settings(
                                            daemon.name(),
                                            routers.address(daemon, session.transport())))
                            .toList());
            for (Daemon daemon : Daemon.values()) {
                speaker.setRoutes(
                        daemon.name(),
                        Map.of(V4, RouteAttributes.NONE, V6, RouteAttributes.NONE),
                        Set.of());
            }
        }
    }

    @AfterAll
    void stop() {
        speakers.values().forEach(BgpSpeaker::close);
        routers.close();
        nodes.close();
    }

    @Test
    void trafficIsSharedAmongTheNodesThatAreThere() {
        // Given
        awaitNextHops(SESSIONS);

        // When one node goes
        Session gone = SESSIONS.getFirst();
        requireNonNull(speakers.remove(gone)).close();

        // Then the others have all of it
        awaitNextHops(SESSIONS.subList(1, SESSIONS.size()));
    }

    private void awaitNextHops(List<Session> sessions) {
        awaitNextHops(Daemon.FRR, this::inKernel, sessions);
        awaitNextHops(Daemon.BIRD, this::inKernel, sessions);
        awaitNextHops(Daemon.GOBGP, this::inTable, sessions);
    }

    private void awaitNextHops(
            Daemon daemon,
            BiFunction<Daemon, IpFamily, Set<String>> nextHops,
            List<Session> sessions) {
        for (IpFamily family : IpFamily.values()) {
            Set<String> expected =
                    sessions.stream()
                            .map(session -> session.nodeAddress(family).toString())
                            .collect(Collectors.toSet());
            await("%s next hops at %s".formatted(family, daemon))
                    .atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(nextHops.apply(daemon, family)).isEqualTo(expected));
        }
    }

    private Set<String> inTable(Daemon daemon, IpFamily family) {
        return routers.table(daemon, family).getOrDefault(prefix(family).toString(), Set.of());
    }

    private Set<String> inKernel(Daemon daemon, IpFamily family) {
        String routes =
                routers.of(daemon)
                        .ip(
                                family == IpFamily.IPV4 ? "-4" : "-6",
                                "route",
                                "show",
                                prefix(family).toString());
        return VIA.matcher(routes)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static IpPrefix prefix(IpFamily family) {
        return family == IpFamily.IPV4 ? V4 : V6;
    }
}
