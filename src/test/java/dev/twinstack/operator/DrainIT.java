package dev.twinstack.operator;

import static dev.twinstack.testing.lab.LabServices.addresses;
import static dev.twinstack.testing.lab.LabServices.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.twinstack.testing.lab.Kubectl;
import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabServices;
import dev.twinstack.testing.lab.Manifests;
import dev.twinstack.testing.lab.Ports;
import dev.twinstack.testing.lab.TwinstackProcess;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Pools that are emptied, before a real API server.
@ExtendWith(LabExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrainIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration IN_TIME = Duration.ofSeconds(60);
    private static final String NAMESPACE = "it-drain";
    private static final Path EXAMPLES = Path.of("docs", "examples");

    private final LabCluster cluster;
    private final LabServices services;
    private final int webhookPort = Ports.free();
    private TwinstackProcess controller;

    DrainIT(LabCluster cluster) {
        this.cluster = cluster;
        Manifests.install(cluster);
        Manifests.pointWebhooksAt(cluster, webhookPort);
        this.services = new LabServices(cluster, NAMESPACE);
        this.controller = start();
    }

    @BeforeAll
    void begin() {
        pool("office", "192.0.2.0/29", 1);
        pool("office-new", "198.51.100.0/29", 2);
        controller.awaitReady();
        awaitWebhooks();
    }

    @AfterEach
    void tidyUp() {
        services.deleteAll();
        kubectl("delete", "addresspolicies", "--all", "-n", Manifests.NAMESPACE);
        awaitWebhooks();
    }

    @AfterAll
    void stop() {
        controller.close();
        Manifests.removeWebhooks(cluster);
        kubectl("delete", "ipaddresspools", "--all", "-n", Manifests.NAMESPACE);
    }

    @Test
    void servicesMoveOneAfterTheOtherAlsoOverARestart() {
        // Given two Services of a pool that is to be emptied
        services.create("one");
        services.awaitAddresses("one", 1);
        services.create("two");
        services.awaitAddresses("two", 1);
        drain("8s");

        // When the first has both addresses, and the controller is killed and started again
        List<String> both = addresses(services.awaitAddresses("one", 2));
        String said = moving("one");
        controller.process().kill();
        assertThat(addresses(services.get("two"))).hasSize(1);
        controller = start().awaitReady();

        // Then it ends up with its new one, and only then the other one begins
        assertThat(both).containsExactly("192.0.2.0", "198.51.100.0");
        assertThat(said).startsWith("192.0.2.0@");
        await().atMost(IN_TIME).until(() -> !moving("two").isEmpty());
        assertThat(addresses(services.get("one"))).containsExactly("198.51.100.0");
        assertThat(moving("one")).isEmpty();
        await().atMost(IN_TIME)
                .until(() -> policy("{.status.drain.moving}").contains(NAMESPACE + "/two"));
        await().atMost(IN_TIME).untilAsserted(() -> assertThat(drained()).isEqualTo("True Empty"));
        assertThat(addresses(services.get("two"))).containsExactly("198.51.100.1");
        assertThat(services.conditions("two")).isEmpty();
        assertThat(services.events("one")).filteredOn(e -> e.startsWith("Moving")).hasSize(1);
        assertThat(services.events("one")).filteredOn(e -> e.startsWith("Moved")).hasSize(1);
    }

    @Test
    void twoThatShareAnAddressMoveTogether() {
        // Given
        services.create("tcp", it -> shares(it, 53));
        services.create("web", it -> shares(it, 80));
        services.awaitAddresses("tcp", 1);
        String old = addresses(services.awaitAddresses("web", 1)).getFirst();
        assertThat(addresses(services.get("tcp"))).containsExactly(old);

        // When
        drain("4s");

        // Then both have both at the same time, and the same in the end
        await().atMost(SOON)
                .untilAsserted(() -> {
                    assertThat(moving("tcp")).isNotEmpty().isEqualTo(moving("web"));
                    assertThat(addresses(services.get("tcp")))
                            .containsExactlyElementsOf(addresses(services.get("web")))
                            .hasSize(2);
                });
        await().atMost(IN_TIME).untilAsserted(() -> assertThat(drained()).isEqualTo("True Empty"));
        assertThat(addresses(services.get("tcp")))
                .containsExactlyElementsOf(addresses(services.get("web")))
                .doesNotContain(old)
                .hasSize(1);
    }

    @Test
    void whoAsksForThePoolStaysOrIsRefused() {
        // Given
        services.create("fixed", it -> it.getSpec().setLoadBalancerIP("192.0.2.5"));
        services.awaitAddresses("fixed", 1);
        services.create("free");
        services.awaitAddresses("free", 1);

        // When
        drain("0s");

        // Then who asks for an address of it stays, and says why; the other one goes
        String why =
                "the Service stays in draining pool office: the Service asks for addresses of it, and"
                        + " so can't leave pool office";
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(services.conditions("fixed"))
                                .extracting(Condition::getType, Condition::getMessage)
                                .containsExactly(tuple("twinstack.dev/Moving", why)));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(services.events("fixed")).contains("CannotMove: " + why));
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(addresses(services.get("free")))
                                .singleElement()
                                .asString()
                                .startsWith("198.51.100."));
        await().atMost(SOON).untilAsserted(() -> assertThat(drained()).isEqualTo("False SomeStay"));
        assertThat(policy("{.status.drain.staying[0].holder}"))
                .isEqualTo("Service %s/fixed".formatted(NAMESPACE));

        // And new ones get nothing from it
        assertThatThrownBy(
                        () -> services.create("new", it -> annotate(it, "address-pool", "office")))
                .hasMessageContaining(
                        "pool office is draining and gives no new addresses (pool office-new replaces it)");
        assertThat(answered(services.create("any"))).startsWith("198.51.100.");
    }

    @Test
    void theExamplesAreTaken() {
        List<String> examples =
                List.of(
                        "21-pool-lan.yaml",
                        "addresses/drain.yaml",
                        "addresses/address-policy.yaml",
                        "addresses/address-claim.yaml");
        try {
            apply("21-pool-lan.yaml");
            apply("addresses/drain.yaml");
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(policy("{.status.conditions[*].status}"))
                                    .isEqualTo("True True"));
            // Of two policies for one pool only one is in force.
            kubectl("delete", "addresspolicy", "renumber-lan", "-n", Manifests.NAMESPACE).orFail();
            apply("addresses/address-policy.yaml");
            apply("addresses/address-claim.yaml");
        } finally {
            for (String example : examples.reversed()) {
                kubectl("delete", "--ignore-not-found", "-f", EXAMPLES.resolve(example).toString());
            }
        }
    }

    private void apply(String example) {
        kubectl("apply", "-f", EXAMPLES.resolve(example).toString()).orFail();
    }

    private void pool(String name, String addresses, int priority) {
        cluster.kubectl()
                .apply(
                        """
                        apiVersion: metallb.io/v1beta1
                        kind: IPAddressPool
                        metadata: {name: %s, namespace: metallb-system}
                        spec:
                          addresses: ["%s"]
                          serviceAllocation: {priority: %d, namespaces: [%s]}
                        """
                                .formatted(name, addresses, priority, NAMESPACE));
    }

    private void drain(String overlap) {
        cluster.kubectl()
                .apply(
                        """
                        apiVersion: twinstack.dev/v1alpha1
                        kind: AddressPolicy
                        metadata: {name: renumber-lan, namespace: metallb-system}
                        spec:
                          targetRefs: [{name: office}]
                          drain: {replacement: office-new, overlap: %s}
                        """
                                .formatted(overlap));
    }

    private String drained() {
        return policy("{.status.conditions[?(@.type==\"Drained\")].status}")
                + " "
                + policy("{.status.conditions[?(@.type==\"Drained\")].reason}");
    }

    private String policy(String path) {
        return kubectl(
                        "get",
                        "addresspolicy",
                        "renumber-lan",
                        "-n",
                        Manifests.NAMESPACE,
                        "-o",
                        "jsonpath=" + path)
                .out();
    }

    private String moving(String service) {
        Map<String, String> annotations = services.get(service).getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault("twinstack.dev/moving", "");
    }

    private static void shares(Service service, int port) {
        annotate(service, "allow-shared-ip", "dns");
        ServicePort only = service.getSpec().getPorts().getFirst();
        only.setPort(port);
    }

    private static void annotate(Service service, String key, String value) {
        service.getMetadata().setAnnotations(Map.of("metallb.io/" + key, value));
    }

    private Kubectl.Result kubectl(String... arguments) {
        return cluster.kubectl().run(arguments);
    }

    private void awaitWebhooks() {
        await("webhooks answer from pool office")
                .atMost(SOON)
                .until(() -> answered(services.dryRun("probe", it -> {})).startsWith("192.0.2."));
    }

    private TwinstackProcess start() {
        return TwinstackProcess.role("controller", cluster.directory())
                .named("drain-it")
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
