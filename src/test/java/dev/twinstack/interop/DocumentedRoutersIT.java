package dev.twinstack.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.BgpSpeaker;
import dev.twinstack.bgp.Restart;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.testing.lab.LabLan;
import dev.twinstack.testing.lab.LabRouter;
import dev.twinstack.testing.lab.LanExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The router configurations of `docs/routers`, as they stand there, with nodes as they are meant
/// for.
@ExtendWith(LanExtension.class)
class DocumentedRoutersIT {

    private static final Duration SOON = Duration.ofSeconds(40);

    private final LabLan lan;
    private final List<BgpSpeaker> speakers = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    DocumentedRoutersIT(LabLan lan) {
        this.lan = lan;
    }

    @AfterEach
    void stop() throws Exception {
        speakers.forEach(BgpSpeaker::close);
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    static Stream<Arguments> scenes() {
        return Scene.ON_THE_LINK.stream()
                .flatMap(scene ->
                        Arrays.stream(Daemon.values()).map(daemon -> Arguments.of(scene, daemon)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("scenes")
    void theRouterHasARouteToEachNodeThatAnnounces(Scene scene, Daemon daemon) {
        // Given
        LabRouter router =
                lan.router(
                        daemon.kind(),
                        "doc-" + daemon.kind(),
                        scene.config(daemon),
                        scene.router());
        open.add(router);

        // When
        connect(scene);

        // Then
        awaitNextHops(scene, daemon, router, scene.nextHops());
        // And without the first node only those to the others
        speakers.removeFirst().close();
        awaitNextHops(scene, daemon, router, scene.nextHops().subList(1, scene.nextHops().size()));
    }

    /// FRR drops routes whose next hop is an address of its own machine.
    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Daemon.class, names = "FRR", mode = EnumSource.Mode.EXCLUDE)
    void theDaemonOfTheNodeItselfTakesRoutesOverLoopback(Daemon daemon) {
        // Given
        Scene scene = Scene.BESIDE_CALICO;
        LabRouter router = lan.routerBeside(daemon.kind(), "doc-self", scene.config(daemon));
        open.add(router);

        // When
        connect(scene);

        // Then
        awaitNextHops(scene, daemon, router, scene.nextHops());
    }

    private void connect(Scene scene) {
        List<String> addresses =
                scene.equals(Scene.BESIDE_CALICO)
                        ? List.of("10.99.14.7/24")
                        : scene.nodeAddresses();
        for (String address : addresses) {
            lan.addOwn(address);
            open.add(() -> lan.removeOwn(address));
        }
        IntStream.range(0, scene.nodes().size())
                .forEach(node -> {
                    BgpSpeaker speaker = new BgpSpeaker(BgpEvents.NONE, Restart.NONE);
                    speakers.add(speaker);
                    speaker.setPeers(List.of(scene.settings(node)));
                    speaker.setRoutes(
                            "router", Map.of(scene.prefix(), RouteAttributes.NONE), Set.of());
                });
    }

    private static void awaitNextHops(
            Scene scene, Daemon daemon, LabRouter router, List<String> nextHops) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(
                                        daemon.table(router, scene.prefix().family())
                                                .getOrDefault(scene.prefix().toString(), Set.of()))
                                .isEqualTo(new TreeSet<>(nextHops)));
    }
}
