package dev.twinstack.interop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.BgpSpeaker;
import dev.twinstack.bgp.FamilyStatus;
import dev.twinstack.bgp.ListenAddress;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.Restart;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.net.IpFamily;
import dev.twinstack.testing.lab.LabLan;
import dev.twinstack.testing.lab.LanExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of session ([Cell]) with every daemon: what both can carry arrives with the right
/// next hop and goes again, what they can't is said, and no session is ever reset. All sessions are
/// up at once, those of one daemon on one router.
@ExtendWith(LanExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteropSessionIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int FIRST_ROUTER = 160;

    private final Nodes addresses;
    private final Routers routers;
    private final Map<Cell, BgpSpeaker> nodes = new HashMap<>();

    InteropSessionIT(LabLan lan) {
        addresses = new Nodes(lan, Cell.ALL.stream().map(Cell::session).toList());
        routers = new Routers(lan, "cell", FIRST_ROUTER, Cell::sessionsWith);
    }

    @BeforeAll
    void connect() throws IOException {
        for (Cell cell : Cell.ALL) {
            nodes.put(cell, node(cell));
        }
    }

    /// The node's speaker, with a peer for each daemon.
    private BgpSpeaker node(Cell cell) throws IOException {
        BgpSpeaker speaker = new BgpSpeaker(BgpEvents.NONE, Restart.NONE);
        if (cell.session().has(Trait.ROUTER_CALLS)) {
            speaker.listen(new ListenAddress(cell.session().nodeAddress(), PeerSettings.BGP_PORT));
        }
        speaker.setPeers(
                Arrays.stream(Daemon.values())
                        .filter(cell::isTestedWith)
                        .map(daemon -> settings(cell, daemon))
                        .toList());
        return speaker;
    }

    private PeerSettings settings(Cell cell, Daemon daemon) {
        Session session = cell.session();
        return session.settings(daemon.name(), routers.address(daemon, session.transport()));
    }

    @AfterAll
    void stop() {
        nodes.values().forEach(BgpSpeaker::close);
        routers.close();
        addresses.close();
    }

    static List<Cell.Case> cases() {
        return Cell.cases();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void routesComeAndGo(Cell.Case one) {
        // Given
        Session session = one.cell().session();
        BgpSpeaker node = node(one);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(status(one).isEstablished())
                                .as(() -> "last error: " + status(one).lastError())
                                .isTrue());

        // When
        node.setRoutes(one.daemon().name(), session.announcement(), Set.of());

        // Then what the router takes is there, and what it doesn't is said
        for (IpFamily family : IpFamily.values()) {
            if (session.families().contains(family)) {
                awaitRoutes(one, family, session.routes(family));
            } else {
                assertThat(status(one).families().get(family))
                        .isEqualTo(
                                new FamilyStatus(
                                        0,
                                        0,
                                        1,
                                        Optional.of(
                                                "the peer did not negotiate %s unicast"
                                                        .formatted(family))));
            }
        }
        // And it goes again, on the same session
        node.setRoutes(one.daemon().name(), Map.of(), session.announcement().keySet());
        for (IpFamily family : session.families()) {
            awaitRoutes(one, family, Map.of());
        }
        assertThat(status(one).counters().established()).isOne();
    }

    private void awaitRoutes(Cell.Case one, IpFamily family, Map<String, Set<String>> expected) {
        String prefix = one.cell().session().prefix(family).toString();
        await().atMost(SOON)
                .untilAsserted(() -> {
                    Map<String, Set<String>> table = routers.table(one.daemon(), family);
                    table.keySet().retainAll(Set.of(prefix));
                    assertThat(table).isEqualTo(expected);
                });
    }

    private BgpSpeaker node(Cell.Case one) {
        return requireNonNull(nodes.get(one.cell()));
    }

    private SessionStatus status(Cell.Case one) {
        return node(one).sessions().stream()
                .filter(session -> session.peer().equals(one.daemon().name()))
                .findFirst()
                .orElseThrow();
    }
}
