package dev.twinstack.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabProcess;
import dev.twinstack.testing.lab.LabServices;
import dev.twinstack.testing.lab.Manifests;
import dev.twinstack.testing.lab.TwinstackProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The commands that explain addresses, against a controller that has some to give.
@ExtendWith(LabExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final LabCluster cluster;
    private final LabServices services;
    private final TwinstackProcess controller;
    private int calls;

    ExplainIT(LabCluster cluster) {
        this.cluster = cluster;
        Manifests.install(cluster);
        Manifests.removeWebhooks(cluster);
        this.services = new LabServices(cluster, "it-explain");
        this.controller =
                TwinstackProcess.role("controller", cluster.directory())
                        .named("explain-controller")
                        .kubeconfig(
                                cluster.serviceAccountKubeconfig(
                                        Manifests.NAMESPACE, Manifests.CONTROLLER))
                        .start();
    }

    @BeforeAll
    void configure() {
        cluster.kubectl()
                .apply(
                        """
                        apiVersion: metallb.io/v1beta1
                        kind: IPAddressPool
                        metadata: {name: small, namespace: metallb-system}
                        spec: {addresses: [192.0.2.7/32]}
                        ---
                        apiVersion: metallb.io/v1beta1
                        kind: IPAddressPool
                        metadata: {name: bank, namespace: metallb-system}
                        spec: {addresses: [198.51.100.0/30], serviceAllocation: {namespaces: [bank]}}
                        """);
        controller.awaitReady();
    }

    @AfterEach
    void tidyUp() {
        services.deleteAll();
    }

    @AfterAll
    void stop() {
        controller.close();
        cluster.kubectl().run("delete", "ipaddresspools", "--all", "-n", Manifests.NAMESPACE);
    }

    @Test
    void whyHasMyServiceNoAddress() {
        // Given a pool of one address, and two who want it
        services.create("first");
        services.awaitAddresses("first", 1);
        services.create("second");
        await().atMost(SOON).until(() -> !services.conditions("second").isEmpty());

        // When
        String text = twinstack("explain", "service", "it-explain/second");

        // Then the reason is the condition's, and each pool has its own
        assertThat(text)
                .contains(
                        "it-explain/second: "
                                + services.conditions("second").getFirst().getMessage())
                .contains("1       small   no     0 of 1")
                .contains("pool bank is not for namespace it-explain (only for bank)");
    }

    @Test
    void whoHasWhat() {
        // Given
        services.create("first");
        services.awaitAddresses("first", 1);

        // When
        String addresses = twinstack("addresses", "-o", "wide");
        String pools = twinstack("pools");

        // Then
        assertThat(addresses).contains("192.0.2.7   small   assigned   it-explain/first   20");
        assertThat(pools).contains("small   yes    0 of 1");
    }

    private String twinstack(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", controller.http("").toString()));
        try (LabProcess command =
                TwinstackProcess.program(
                        "explain-" + calls++, cluster.directory(), all.toArray(String[]::new))) {
            await().atMost(SOON).until(() -> !command.isAlive());
            return command.output();
        }
    }
}
