package dev.twinstack.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.BgpSpeaker;
import dev.twinstack.bgp.Restart;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.net.IpFamily;
import dev.twinstack.testing.lab.LabLan;
import dev.twinstack.testing.lab.LabProcess;
import dev.twinstack.testing.lab.LabRouter;
import dev.twinstack.testing.lab.LanExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What both sides keep, lose and get back when one of them dies or stands still.
@ExtendWith(LanExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteropFailureIT {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int FIRST_ROUTER = 163;

    /// Of a node that is killed.
    private static final Session KEPT =
            Session.over(IpFamily.IPV4, 186).with(Trait.GRACEFUL_RESTART);

    private static final Session LOST = Session.over(IpFamily.IPV4, 187);

    /// Of a node whose router fails.
    private static final Session STEADY =
            Session.over(IpFamily.IPV4, 188).holding(Duration.ofSeconds(3));

    private final Nodes nodes;
    private final Routers routers;
    private final BgpSpeaker speaker = new BgpSpeaker(BgpEvents.NONE, Restart.NONE);

    @TempDir private Path directory;

    InteropFailureIT(LabLan lan) {
        List<Session> sessions = List.of(KEPT, LOST, STEADY);
        nodes = new Nodes(lan, sessions);
        routers = new Routers(lan, "fail", FIRST_ROUTER, _ -> sessions);
    }

    @BeforeAll
    void connect() {
        speaker.setPeers(
                Arrays.stream(Daemon.values())
                        .map(daemon -> STEADY.settings(daemon.name(), router(daemon).ipv4()))
                        .toList());
        for (Daemon daemon : Daemon.values()) {
            speaker.setRoutes(daemon.name(), STEADY.announcement(), Set.of());
        }
    }

    @AfterAll
    void stop() {
        speaker.close();
        routers.close();
        nodes.close();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Daemon.class)
    void aKilledSpeakerLosesItsRoutesUnlessGracefulRestartKeepsThem(Daemon daemon) {
        // Given
        LabProcess node = NodeProgram.start(directory, router(daemon).ipv4(), List.of(KEPT, LOST));
        await().atMost(SOON)
                .until(() -> {
                    node.assertAlive();
                    return hasAll(daemon, KEPT) && hasAll(daemon, LOST);
                });

        // When
        node.kill();

        // Then
        await().atMost(SOON).until(() -> hasNone(daemon, LOST));
        assertThat(hasAll(daemon, KEPT)).isTrue();
        // And all is as before when it is back
        LabProcess again = NodeProgram.start(directory, router(daemon).ipv4(), List.of(KEPT, LOST));
        await().atMost(SOON)
                .until(() -> {
                    again.assertAlive();
                    assertThat(hasAll(daemon, KEPT)).isTrue();
                    return hasAll(daemon, LOST);
                });
        again.kill();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Daemon.class)
    void aFrozenRouterIsGivenUpWithTheHoldTime(Daemon daemon) {
        // Given
        awaitRoutes(daemon, STEADY);

        // When
        router(daemon).freeze();

        // Then
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(status(daemon).lastError().orElse(""))
                                .contains("nothing heard from the peer for 3 s"));
        assertThat(status(daemon).isEstablished()).isFalse();
        // And it is taken back
        router(daemon).thaw();
        awaitRoutes(daemon, STEADY);
        await().atMost(SOON).until(() -> status(daemon).isEstablished());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Daemon.class)
    void aRouterThatDiedGetsEverythingAgain(Daemon daemon) {
        // Given
        awaitRoutes(daemon, STEADY);
        long before = status(daemon).counters().established();

        // When
        router(daemon).restartHard();

        // Then
        awaitRoutes(daemon, STEADY);
        assertThat(status(daemon).counters().established()).isEqualTo(before + 1);
    }

    private LabRouter router(Daemon daemon) {
        return routers.of(daemon);
    }

    private SessionStatus status(Daemon daemon) {
        return speaker.sessions().stream()
                .filter(session -> session.peer().equals(daemon.name()))
                .findFirst()
                .orElseThrow();
    }

    private void awaitRoutes(Daemon daemon, Session session) {
        await("routes of node %d at %s".formatted(session.node(), daemon))
                .atMost(SOON)
                .until(() -> hasAll(daemon, session));
    }

    private boolean hasAll(Daemon daemon, Session session) {
        return Arrays.stream(IpFamily.values())
                .allMatch(family ->
                        routers.table(daemon, family)
                                .entrySet()
                                .containsAll(session.routes(family).entrySet()));
    }

    private boolean hasNone(Daemon daemon, Session session) {
        return Arrays.stream(IpFamily.values())
                .noneMatch(family ->
                        routers.table(daemon, family)
                                .containsKey(session.prefix(family).toString()));
    }
}
