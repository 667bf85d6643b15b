package dev.twinstack.operator;

import static dev.twinstack.testing.lab.LabServices.addresses;
import static dev.twinstack.testing.lab.LabServices.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabServices;
import dev.twinstack.testing.lab.Manifests;
import dev.twinstack.testing.lab.Ports;
import dev.twinstack.testing.lab.TwinstackProcess;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The whole controller behind a real API server: addresses in the answer to a create.
@ExtendWith(LabExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdmissionIT {

    private static final String POOL =
            """
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: lan, namespace: metallb-system}
            spec: {addresses: [192.0.2.0/29, "2001:db8::/125"]}
            """;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final LabCluster cluster;
    private final LabServices services;
    private final int webhookPort = Ports.free();
    private TwinstackProcess controller;

    AdmissionIT(LabCluster cluster) {
        this.cluster = cluster;
        Manifests.install(cluster);
        Manifests.pointWebhooksAt(cluster, webhookPort);
        this.services = new LabServices(cluster, "it-admission");
        this.controller = start();
    }

    @BeforeAll
    void configure() {
        cluster.kubectl().apply(POOL);
        controller.awaitReady();
        awaitWebhooks();
    }

    @AfterEach
    void tidyUp() {
        services.deleteAll();
    }

    @AfterAll
    void stop() {
        controller.close();
        Manifests.removeWebhooks(cluster);
        cluster.kubectl().run("delete", "ipaddresspools", "--all", "-n", Manifests.NAMESPACE);
    }

    @Test
    void theAnswerCarriesAnIpv4Address() {
        assertStays(services.create("v4", it -> families(it, "SingleStack", "IPv4")), 1);
    }

    @Test
    void theAnswerCarriesAnIpv6Address() {
        Service answer = services.create("v6", it -> families(it, "SingleStack", "IPv6"));

        assertThat(answered(answer)).startsWith("2001:db8::");
        assertStays(answer, 1);
    }

    @Test
    void theAnswerCarriesBothFamilies() {
        assertStays(
                services.create("dual", it -> families(it, "RequireDualStack", "IPv4", "IPv6")), 2);
    }

    @Test
    void aRequestThatCanNeverWorkIsRefusedWithTheReason() {
        assertThatThrownBy(() ->
                        services.create(
                                "wrong", it -> it.getSpec().setLoadBalancerIP("203.0.113.9")))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("203.0.113.9");
        assertThat(services.get("wrong")).isNull();
    }

    @Test
    void aDryRunShowsAnAddressAndKeepsNothing() {
        // Given
        String shown = answered(services.dryRun("dry", it -> families(it, "SingleStack", "IPv4")));

        // When another one is created
        Service created = services.create("wet", it -> families(it, "SingleStack", "IPv4"));

        // Then it has the address that was shown
        assertThat(answered(created)).isEqualTo(shown).isNotEmpty();
    }

    @Test
    void withoutAWebhookAServiceIsCreatedAndServedAMomentLater() {
        // Given nobody who answers
        controller.close();
        Service created = services.create("later");
        assertThat(answered(created)).isEmpty();

        // When a controller starts
        controller = start();

        // Then it serves the Service
        services.awaitAddresses("later", 1);
        controller.awaitReady();
        awaitWebhooks();
    }

    @Test
    void theAnswerOutlivesACrashBeforeItIsWritten() {
        // Given two Services and a controller that is stopped hard in between
        Service first = services.create("first");
        services.awaitAddresses("first", 1);
        controller.process().kill();

        // When the next one starts
        controller = start().awaitReady();
        awaitWebhooks();
        Service second = services.create("second");

        // Then nobody has the other's address
        services.awaitAddresses("second", 1);
        assertThat(answered(second)).isNotEqualTo(answered(first));
        assertThat(addresses(services.get("first"))).containsExactly(answered(first));
    }

    @Test
    void aPoolThatOverlapsAnotherIsRefusedAtOnce() {
        assertThat(cluster.kubectl().tryApply(POOL.replace("name: lan", "name: again")).err())
                .contains("overlaps", "pool lan");
    }

    /// What was answered is what the status says in the end.
    private void assertStays(Service answer, int count) {
        assertThat(answered(answer)).isNotEmpty();
        Service stored = services.awaitAddresses(answer.getMetadata().getName(), count);
        assertThat(String.join(",", addresses(stored))).isEqualTo(answered(answer));
    }

    private static void families(Service service, String policy, String... families) {
        service.getSpec().setIpFamilyPolicy(policy);
        service.getSpec().setIpFamilies(List.of(families));
        service.getMetadata().setAnnotations(Map.of("test", policy));
    }

    /// A new webhook configuration is in use a moment after it was written.
    private void awaitWebhooks() {
        await("webhooks answer")
                .atMost(SOON)
                .until(() -> !answered(services.dryRun("probe", it -> {})).isEmpty());
    }

    private TwinstackProcess start() {
        return TwinstackProcess.role("controller", cluster.directory())
                .named("admission-it")
                .kubeconfig(
                        cluster.serviceAccountKubeconfig(Manifests.NAMESPACE, Manifests.CONTROLLER))
                .webhookPort(webhookPort)
                .arguments("--webhook-name", "127.0.0.1")
                .arguments("--lease-duration=4s")
                .arguments("--lease-renew-deadline=3s")
                .arguments("--lease-retry-period=1s")
                .start();
    }
}
