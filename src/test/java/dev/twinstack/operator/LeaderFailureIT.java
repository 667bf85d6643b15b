package dev.twinstack.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabServices;
import dev.twinstack.testing.lab.Manifests;
import dev.twinstack.testing.lab.Ports;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// 100 creates are running when something breaks: every Service is created, gets one address that
/// nobody else has, and nothing is left over when they are gone.
@ExtendWith(LabExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaderFailureIT {

    private static final String POOL =
            """
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: lan, namespace: metallb-system}
            spec: {addresses: [192.0.2.0/25]}
            """;
    private static final int IN_THE_MIDDLE = 30;
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private final LabCluster cluster;
    private final LabServices services;
    private final ControllerPair controllers;
    private final LeaderRelay webhooks;

    LeaderFailureIT(LabCluster cluster) {
        this.cluster = cluster;
        Manifests.install(cluster);
        int port = Ports.free();
        Manifests.pointWebhooksAt(cluster, port);
        this.services = new LabServices(cluster, "it-leader-failure");
        this.controllers = new ControllerPair(cluster);
        this.webhooks = new LeaderRelay(port, controllers::leadersWebhookPort);
    }

    @BeforeAll
    void configure() {
        cluster.kubectl().apply(POOL);
        controllers.awaitReady();
        await("webhooks answer")
                .atMost(SETTLED)
                .until(() -> !LabServices.answered(services.dryRun("probe", it -> {})).isEmpty());
    }

    @AfterEach
    void tidyUp() {
        services.deleteAll();
        await("nothing is left over").atMost(SETTLED).untilAsserted(() -> assertInUse(0));
    }

    @AfterAll
    void stop() {
        webhooks.close();
        controllers.close();
        Manifests.removeWebhooks(cluster);
        cluster.kubectl().run("delete", "ipaddresspools", "--all", "-n", Manifests.NAMESPACE);
    }

    @Test
    void theLeaderIsKilled() throws InterruptedException {
        // Given
        try (ServiceFlood flood = new ServiceFlood(services)) {
            flood.awaitCreated(IN_THE_MIDDLE);

            // When
            long takenOver = controllers.killLeader();

            // Then
            assertEachHasItsOwn(flood);
            print("leader killed", flood, takenOver);
        }
        controllers.startOne().awaitReady();
    }

    @Test
    void theLeaderIsPausedAndGoesOn() throws InterruptedException {
        // Given
        try (ServiceFlood flood = new ServiceFlood(services)) {
            flood.awaitCreated(IN_THE_MIDDLE);

            // When
            long takenOver = controllers.pauseLeader();

            // Then
            assertEachHasItsOwn(flood);
            print("leader paused", flood, takenOver);
        }
    }

    @Test
    void theApiServerHangsUntilNobodyMayDecide() throws InterruptedException {
        // Given
        try (ServiceFlood flood = new ServiceFlood(services)) {
            flood.awaitCreated(IN_THE_MIDDLE);

            // When
            cluster.pauseApiServer();
            try {
                await().atMost(SETTLED).until(() -> controllers.leader().isEmpty());
            } finally {
                cluster.resumeApiServer();
            }

            // Then
            assertEachHasItsOwn(flood);
        }
    }

    @Test
    void theApiServerIsRestarted() throws InterruptedException {
        // Given
        try (ServiceFlood flood = new ServiceFlood(services)) {
            flood.awaitCreated(IN_THE_MIDDLE);

            // When
            cluster.restartApiServer();

            // Then
            assertEachHasItsOwn(flood);
        }
    }

    @Test
    void theWebhooksCannotBeReached() throws InterruptedException {
        // Given
        webhooks.cut();
        try (ServiceFlood flood = new ServiceFlood(services)) {
            flood.awaitCreated(IN_THE_MIDDLE);

            // When
            webhooks.mend();

            // Then
            assertEachHasItsOwn(flood);
            assertThat(flood.answered()).isLessThanOrEqualTo(ServiceFlood.SERVICES - IN_THE_MIDDLE);
        }
    }

    private void assertEachHasItsOwn(ServiceFlood flood) throws InterruptedException {
        List<String> addresses = flood.awaitServed();
        assertThat(addresses).hasSize(ServiceFlood.SERVICES).doesNotHaveDuplicates();
        await("the leader counts them")
                .atMost(SETTLED)
                .untilAsserted(() -> assertInUse(ServiceFlood.SERVICES));
    }

    /// Held, and none reserved beside them.
    private void assertInUse(int count) {
        var pools = controllers.ask("/api/v1/pools");
        assertThat(pools.getInt("items[0].ipv4.assigned")).isEqualTo(count);
        assertThat(pools.getInt("items[0].ipv4.reserved")).isZero();
        assertThat(controllers.ask("/api/v1/services").getList("items")).hasSize(count);
    }

    private static void print(String what, ServiceFlood flood, long takenOver) {
        System.out.printf(
                "%s: %d of %d creates answered with an address, longest wait for one after the"
                        + " take-over or the create: %d ms%n",
                what,
                flood.answered(),
                ServiceFlood.SERVICES,
                flood.longestWait(takenOver).toMillis());
    }
}
