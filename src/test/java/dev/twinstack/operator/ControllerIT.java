package dev.twinstack.operator;

import static dev.twinstack.testing.lab.LabServices.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabServices;
import dev.twinstack.testing.lab.Manifests;
import dev.twinstack.testing.lab.TwinstackProcess;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The controller against a real API server without any webhook: what it does when nobody has
/// answered at create time. It runs with the rights of its manifests.
@ExtendWith(LabExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControllerIT {

    private static final String POOLS =
            """
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: lan, namespace: metallb-system}
            spec: {addresses: [192.0.2.0/29, "2001:db8::/125"]}
            ---
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: single, namespace: metallb-system}
            spec: {addresses: [198.51.100.7/32], autoAssign: false}
            """;
    private static final Duration SOON = Duration.ofSeconds(10);

    private final LabCluster cluster;
    private final LabServices services;
    private TwinstackProcess controller;

    ControllerIT(LabCluster cluster) {
        this.cluster = cluster;
        Manifests.install(cluster);
        Manifests.removeWebhooks(cluster);
        this.services = new LabServices(cluster, "it-controller");
        this.controller = start();
    }

    @BeforeAll
    void configure() {
        cluster.kubectl().apply(POOLS);
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
    void aDualStackServiceGetsAnAddressOfEachFamily() {
        // When
        services.create("dual", it -> it.getSpec().setIpFamilyPolicy("RequireDualStack"));

        // Then
        Service service = services.awaitAddresses("dual", 2);
        assertThat(addresses(service).getFirst()).startsWith("192.0.2.");
        assertThat(addresses(service).getLast()).startsWith("2001:db8::");
        assertThat(service.getMetadata().getAnnotations())
                .containsEntry("metallb.io/ip-allocated-from-pool", "lan")
                .containsEntry("twinstack.dev/addresses", String.join(",", addresses(service)));
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(services.events("dual"))
                                .containsExactly(
                                        "IPAllocated: Assigned IP [\"%s\" \"%s\"]"
                                                .formatted(addresses(service).toArray())));
    }

    @Test
    void aWantedAddressIsGivenAndHeldAgainstOthers() {
        // Given
        services.create("first", it -> it.getSpec().setLoadBalancerIP("192.0.2.5"));
        services.awaitAddresses("first", 1);

        // When another Service wants the same
        services.create("second", it -> it.getSpec().setLoadBalancerIP("192.0.2.5"));

        // Then it is told by whom it is taken
        await().atMost(SOON).until(() -> !services.conditions("second").isEmpty());
        assertThat(services.conditions("second").getFirst().getMessage())
                .contains("it-controller/first");
        assertThat(addresses(services.get("second"))).isEmpty();
    }

    @Test
    void whoWaitsIsServedWhenAnAddressComesFree() {
        // Given a pool of one address, and two who want it
        services.create("holds", it -> annotate(it, "metallb.io/address-pool", "single"));
        services.awaitAddresses("holds", 1);
        services.create("waits", it -> annotate(it, "metallb.universe.tf/address-pool", "single"));
        await().atMost(SOON).until(() -> !services.conditions("waits").isEmpty());

        // When the first is deleted
        services.delete("holds");

        // Then the other has it, and its condition is gone
        assertThat(addresses(services.awaitAddresses("waits", 1))).containsExactly("198.51.100.7");
        assertThat(services.conditions("waits")).isEmpty();
    }

    @Test
    void aRestartChangesNothing() {
        // Given two Services, of which the one with the lowest address is deleted
        services.create("a");
        services.awaitAddresses("a", 1);
        services.create("b");
        Service before = services.awaitAddresses("b", 1);
        services.delete("a");

        // When the controller restarts
        controller.close();
        controller = start().awaitReady();
        services.create("c");
        services.awaitAddresses("c", 1);

        // Then the Service was not even written
        assertThat(services.get("b")).isEqualTo(before);
        assertThat(addresses(services.get("c"))).doesNotContainAnyElementsOf(addresses(before));
    }

    @Test
    void aKilledControllerIsReplacedWhenItsLeaseIsOver() {
        // Given a controller that holds the lease, and a Service
        services.create("before");
        Service before = services.awaitAddresses("before", 1);

        // When it is killed, and another one started
        controller.process().kill();
        controller = start();
        services.create("after");

        // Then that one serves once the lease is over, and keeps what was
        Service after = services.awaitAddresses("after", 1);
        assertThat(addresses(after)).doesNotContainAnyElementsOf(addresses(before));
        assertThat(services.get("before")).isEqualTo(before);
    }

    @Test
    void aServiceThatIsNoLoadBalancerAnyMoreLosesItAll() {
        // Given
        services.create("changes");
        services.awaitAddresses("changes", 1);

        // When
        services.edit("changes", it -> it.getSpec().setType("ClusterIP"));

        // Then
        services.awaitAddresses("changes", 0);
        await().atMost(SOON).until(() -> LabServices.answered(services.get("changes")).isEmpty());
    }

    @Test
    void aServiceOfAnotherClassIsLeftAlone() {
        // Given a Service of another class, with an address from elsewhere
        services.create("foreign", it -> it.getSpec().setLoadBalancerClass("example.com/other"));
        Service before =
                services.editStatus(
                        "foreign",
                        it ->
                                it.getStatus()
                                        .getLoadBalancer()
                                        .setIngress(
                                                List.of(
                                                        new LoadBalancerIngress(
                                                                null, "203.0.113.1", null, null))));

        // When ours is served after it
        services.create("ours");
        services.awaitAddresses("ours", 1);

        // Then nothing has happened to it
        assertThat(services.get("foreign")).isEqualTo(before);
    }

    @Test
    void aBadObjectIsNamedAndTheOthersStayInForce() {
        // When a pool is added that overlaps another
        cluster.kubectl()
                .apply(
                        """
                        apiVersion: metallb.io/v1beta1
                        kind: IPAddressPool
                        metadata: {name: wrong, namespace: metallb-system}
                        spec: {addresses: [192.0.2.4/30]}
                        """);

        // Then it is named in the controller's state
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(configurationState())
                                .contains("Invalid")
                                .contains("IPAddressPool metallb-system/wrong"));

        // And the good one serves
        services.create("served");
        services.awaitAddresses("served", 1);
        cluster.kubectl()
                .run("delete", "ipaddresspool", "wrong", "-n", Manifests.NAMESPACE)
                .orFail();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(configurationState()).startsWith("Valid"));
    }

    @Test
    void poolsCountWhatIsInUse() {
        // When
        services.create("counted", it -> it.getSpec().setIpFamilyPolicy("RequireDualStack"));
        services.awaitAddresses("counted", 2);

        // Then
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(poolStatus("lan"))
                                .contains("\"assignedIPv4\":1", "\"assignedIPv6\":1")
                                .contains("\"availableIPv4\":7", "\"availableIPv6\":7"));
    }

    private TwinstackProcess start() {
        return TwinstackProcess.role("controller", cluster.directory())
                .named("controller-it")
                .kubeconfig(
                        cluster.serviceAccountKubeconfig(Manifests.NAMESPACE, Manifests.CONTROLLER))
                .arguments("--lease-duration=4s")
                .arguments("--lease-renew-deadline=3s")
                .arguments("--lease-retry-period=1s")
                .start();
    }

    private String configurationState() {
        return jsonPath(
                "configurationstate", "controller", "{.status.result} {.status.errorSummary}");
    }

    private String poolStatus(String name) {
        return jsonPath("ipaddresspool", name, "{.status}");
    }

    private String jsonPath(String kind, String name, String path) {
        return cluster.kubectl()
                .run("get", kind, name, "-n", Manifests.NAMESPACE, "-o", "jsonpath=" + path)
                .out();
    }

    private static void annotate(Service service, String key, String value) {
        service.getMetadata().setAnnotations(Map.of(key, value));
    }
}
