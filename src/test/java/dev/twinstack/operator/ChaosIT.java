package dev.twinstack.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabServices;
import dev.twinstack.testing.lab.Manifests;
import dev.twinstack.testing.lab.Ports;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Random changes while leaders come and go, with webhooks. Whatever happens, it ends in a state
/// that is right, and there it stays. Another sequence: `-Dchaos.seed=...`.
@ExtendWith(LabExtension.class)
class ChaosIT {

    private static final long SEED = Long.getLong("chaos.seed", 4);
    private static final int CHANGES = 40;
    private static final int RENEWALS = 3;
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final String NAMESPACE = "it-chaos";

    private final LabCluster cluster;
    private final KubernetesClient client;
    private final LabServices services;

    ChaosIT(LabCluster cluster) {
        this.cluster = cluster;
        this.client = cluster.client();
        Manifests.install(cluster);
        this.services = new LabServices(cluster, NAMESPACE);
    }

    @Test
    void everySequenceEndsInARightStateThatStays() {
        int port = Ports.free();
        Manifests.pointWebhooksAt(cluster, port);
        try (ControllerPair controllers = new ControllerPair(cluster);
                LeaderRelay webhooks = new LeaderRelay(port, controllers::leadersWebhookPort)) {
            // Given
            controllers.awaitReady();
            ChaosWorld world = new ChaosWorld(cluster, services, new Random(SEED));

            // When
            change(world);
            controllers.killLeader();
            change(world);
            controllers.startOne();
            webhooks.cut();
            change(world);
            webhooks.mend();
            controllers.awaitReady().pauseLeader();
            change(world);

            // Then
            await("a right state, seed " + SEED)
                    .atMost(SETTLED)
                    .untilAsserted(() -> assertThat(findings(controllers)).isEmpty());
            Map<String, String> versions = versions();
            awaitQuiet();
            assertThat(versions()).as("seed %d", SEED).isEqualTo(versions);
            assertThat(findings(controllers)).as("seed %d", SEED).isEmpty();
            assertThat(world.refused()).as("most changes are made").isLessThan(2 * CHANGES);
        } finally {
            tidyUp();
        }
    }

    private static void change(ChaosWorld world) {
        for (int i = 0; i < CHANGES; i++) {
            world.change();
        }
    }

    private List<String> findings(ControllerPair controllers) {
        Map<String, List<String>> account = new HashMap<>();
        List<Map<String, Object>> items = controllers.ask("/api/v1/services").getList("items");
        for (Map<String, Object> item : items) {
            if (NAMESPACE.equals(item.get("namespace"))) {
                account.put(
                        String.valueOf(item.get("name")),
                        ((List<?>) item.get("addresses")).stream().map(String::valueOf).toList());
            }
        }
        return ChaosFinding.of(
                services.all(),
                client.resources(IPAddressPool.class)
                        .inNamespace(Manifests.NAMESPACE)
                        .list()
                        .getItems(),
                account);
    }

    private Map<String, String> versions() {
        Map<String, String> versions = new HashMap<>();
        services.all()
                .forEach(service ->
                        versions.put(
                                service.getMetadata().getName(),
                                service.getMetadata().getResourceVersion()));
        return versions;
    }

    /// As long as a leader needs to renew its lease some times, which it does every second.
    private void awaitQuiet() {
        Set<String> seen = new HashSet<>();
        await("renewals of the lease")
                .atMost(SETTLED)
                .until(() -> {
                    seen.add(
                            client.leases()
                                    .inNamespace(Manifests.NAMESPACE)
                                    .withName("twinstack-controller")
                                    .get()
                                    .getMetadata()
                                    .getResourceVersion());
                    return seen.size() > RENEWALS;
                });
    }

    private void tidyUp() {
        Manifests.removeWebhooks(cluster);
        services.deleteAll();
        cluster.kubectl().run("delete", "ipaddresspools", "--all", "-n", Manifests.NAMESPACE);
    }
}
