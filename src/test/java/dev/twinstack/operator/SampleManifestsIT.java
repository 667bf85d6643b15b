package dev.twinstack.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.crd.ConfigurationState;
import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabServices;
import dev.twinstack.testing.lab.Manifests;
import dev.twinstack.testing.lab.TwinstackProcess;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Manifests written for MetalLB, of today's objects and of the old ConfigMap, applied unchanged:
/// the Service gets its address, and nothing in the configuration is wrong.
@ExtendWith(LabExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleManifestsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Path SAMPLES = Path.of("src/test/resources/samples");

    private final LabCluster cluster;
    private final TwinstackProcess controller;

    SampleManifestsIT(LabCluster cluster) {
        this.cluster = cluster;
        Manifests.install(cluster);
        Manifests.createNamespace(cluster, "ingress");
        this.controller =
                TwinstackProcess.role("controller", cluster.directory())
                        .named("samples-controller")
                        .kubeconfig(
                                cluster.serviceAccountKubeconfig(
                                        Manifests.NAMESPACE, Manifests.CONTROLLER))
                        .arguments("--webhook-name", "127.0.0.1")
                        .start();
    }

    @BeforeAll
    void awaitWebhooks() {
        Manifests.pointWebhooksAt(cluster, controller.webhookPort());
        controller.awaitReady();
    }

    @AfterAll
    void stop() {
        controller.close();
        Manifests.removeWebhooks(cluster);
    }

    @ParameterizedTest
    @CsvSource({
        "config-map-one-pool, ingress, ingress, 192.168.254.0",
        "config-map-shared-address, default, pi-hole-tcp, 192.168.254.6",
        "config-map-several-pools, kube-system, traefik-ingress-service, 147.75.194.9",
        "ipv6-over-bgp, default, nginx, 2001:db8:5eed::",
        "microk8s-addon, ingress, ingress, 10.64.140.43"
    })
    void serviceHasItsAddress(String sample, String namespace, String name, String address)
            throws IOException {
        Path folder = SAMPLES.resolve(sample);
        String config = Files.readString(folder.resolve("config.yaml"));
        String service = Files.readString(folder.resolve("service.yaml"));
        try {
            // When
            cluster.kubectl().apply(config);
            cluster.kubectl().apply(service);

            // Then
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(addresses(namespace, name))
                                    .singleElement()
                                    .asString()
                                    .startsWith(address));
            await().atMost(SOON).untilAsserted(() -> assertThat(state()).isEqualTo("VALID"));
        } finally {
            delete(namespace, name);
        }
    }

    @ParameterizedTest
    @CsvSource("5")
    void everySampleIsRun(int samples) throws IOException {
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            assertThat(folders.filter(Files::isDirectory)).hasSize(samples);
        }
    }

    private List<String> addresses(String namespace, String name) {
        Service service = cluster.client().services().inNamespace(namespace).withName(name).get();
        return LabServices.addresses(service);
    }

    private String state() {
        ConfigurationState state =
                cluster.client()
                        .resources(ConfigurationState.class)
                        .inNamespace(Manifests.NAMESPACE)
                        .withName("controller")
                        .get();
        return String.valueOf(state.getStatus().result());
    }

    private void delete(String namespace, String name) {
        cluster.client().services().inNamespace(namespace).withName(name).delete();
        cluster.kubectl()
                .run(
                        "delete",
                        "configmap",
                        "config",
                        "-n",
                        Manifests.NAMESPACE,
                        "--ignore-not-found");
        await().atMost(SOON).untilAsserted(() -> assertThat(leftAfterDelete()).isEmpty());
    }

    /// A pool in use is not deleted: so again, until the controller knows that the Service is gone.
    private String leftAfterDelete() {
        String kinds = "ipaddresspools,bgppeers,bgpadvertisements,l2advertisements";
        cluster.kubectl().run("delete", kinds, "--all", "-n", Manifests.NAMESPACE);
        return cluster.kubectl().run("get", kinds, "-n", Manifests.NAMESPACE, "-o", "name").out();
    }
}
