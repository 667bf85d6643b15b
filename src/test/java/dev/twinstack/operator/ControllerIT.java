package dev.twinstack.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.Manifests;
import dev.twinstack.testing.lab.TwinstackProcess;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The controller against a real API server without any webhook: what it does when nobody has
/// answered at create time.
@ExtendWith(LabExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControllerIT {

    private static final String CONFIG = "it-controller";
    private static final String APPS = "it-controller-apps";
    private static final Duration SOON = Duration.ofSeconds(10);

    private final LabCluster cluster;
    private final KubernetesClient client;
    private TwinstackProcess controller;

    ControllerIT(LabCluster cluster) {
        this.cluster = cluster;
        this.client = cluster.client();
        Manifests.applyDefinitions(cluster);
        Manifests.createNamespace(cluster, CONFIG);
        Manifests.createNamespace(cluster, APPS);
        this.controller = start();
    }

    @BeforeAll
    void configure() {
        cluster.kubectl().apply(pool("lan", "192.0.2.0/29", "2001:db8::/125"));
        cluster.kubectl().apply(pool("single", "198.51.100.7/32"));
        controller.awaitReady();
    }

    @AfterEach
    void tidyUp() {
        client.services().inNamespace(APPS).delete();
    }

    @AfterAll
    void stop() {
        controller.close();
        cluster.kubectl().run("delete", "ipaddresspools", "--all", "-n", CONFIG);
    }

    @Test
    void aDualStackServiceGetsAnAddressOfEachFamily() {
        // When
        cluster.kubectl().apply(service("dual", "ipFamilyPolicy: RequireDualStack"));

        // Then
        Service service = awaitAddresses("dual", 2);
        assertThat(addresses(service)).containsExactly("192.0.2.0", "2001:db8::");
        assertThat(service.getMetadata().getAnnotations())
                .containsEntry("metallb.io/ip-allocated-from-pool", "lan")
                .containsEntry("twinstack.dev/addresses", "192.0.2.0,2001:db8::");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(events("dual"))
                                .containsExactly(
                                        "IPAllocated: Assigned IP [\"192.0.2.0\""
                                                + " \"2001:db8::\"]"));
    }

    @Test
    void aWantedAddressIsGivenAndHeldAgainstOthers() {
        // Given
        cluster.kubectl().apply(service("first", "loadBalancerIP: 192.0.2.5"));
        awaitAddresses("first", 1);

        // When another Service wants the same
        cluster.kubectl().apply(service("second", "loadBalancerIP: 192.0.2.5"));

        // Then it is told by whom it is taken
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(conditions("second"))
                                .singleElement()
                                .satisfies(condition ->
                                        assertThat(condition.getMessage())
                                                .contains(APPS + "/first")));
        assertThat(addresses(get("second"))).isEmpty();
    }

    @Test
    void whoWaitsIsServedWhenAnAddressComesFree() {
        // Given a pool of one address, and two who want it
        cluster.kubectl().apply(annotated("holds", "metallb.io/address-pool: single"));
        awaitAddresses("holds", 1);
        cluster.kubectl().apply(annotated("waits", "metallb.universe.tf/address-pool: single"));
        await().atMost(SOON).until(() -> !conditions("waits").isEmpty());

        // When the first is deleted
        client.services().inNamespace(APPS).withName("holds").delete();

        // Then the other has it, and its condition is gone
        assertThat(addresses(awaitAddresses("waits", 1))).containsExactly("198.51.100.7");
        assertThat(conditions("waits")).isEmpty();
    }

    @Test
    void aRestartChangesNothing() {
        // Given two Services, and one that is deleted, so that what is lowest is free
        cluster.kubectl().apply(service("a", ""));
        awaitAddresses("a", 1);
        cluster.kubectl().apply(service("b", ""));
        Service before = awaitAddresses("b", 1);
        client.services().inNamespace(APPS).withName("a").delete();

        // When the controller restarts
        controller.close();
        controller = start().awaitReady();
        cluster.kubectl().apply(service("c", ""));
        awaitAddresses("c", 1);

        // Then the Service was not even written
        assertThat(get("b")).isEqualTo(before);
        assertThat(addresses(get("c"))).doesNotContainAnyElementsOf(addresses(before));
    }

    @Test
    void aServiceThatIsNoLoadBalancerAnyMoreLosesItAll() {
        // Given
        cluster.kubectl().apply(service("changes", ""));
        awaitAddresses("changes", 1);

        // When
        client.services()
                .inNamespace(APPS)
                .withName("changes")
                .edit(service -> {
                    service.getSpec().setType("ClusterIP");
                    return service;
                });

        // Then
        await().atMost(SOON)
                .until(() -> {
                    Service service = get("changes");
                    return addresses(service).isEmpty()
                            && !service.getMetadata()
                                    .getAnnotations()
                                    .containsKey("twinstack.dev/addresses");
                });
    }

    @Test
    void aServiceOfAnotherClassIsLeftAlone() {
        // Given a Service of another class, with an address from elsewhere
        cluster.kubectl().apply(service("foreign", "loadBalancerClass: example.com/other"));
        client.services()
                .inNamespace(APPS)
                .withName("foreign")
                .editStatus(service -> {
                    service.getStatus()
                            .getLoadBalancer()
                            .setIngress(
                                    List.of(
                                            new LoadBalancerIngress(
                                                    null, "203.0.113.1", null, null)));
                    return service;
                });
        Service before = get("foreign");

        // When ours is served after it
        cluster.kubectl().apply(service("ours", ""));
        awaitAddresses("ours", 1);

        // Then nothing has happened to it
        assertThat(get("foreign")).isEqualTo(before);
    }

    @Test
    void aBadObjectIsNamedAndTheOthersStayInForce() {
        // When a pool is added that overlaps another
        cluster.kubectl().apply(pool("wrong", "192.0.2.4/30"));

        // Then it is named in the controller's state
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(configurationState())
                                .contains("Invalid")
                                .contains("IPAddressPool " + CONFIG + "/wrong"));

        // And the good one serves
        cluster.kubectl().apply(service("served", ""));
        awaitAddresses("served", 1);
        cluster.kubectl().run("delete", "ipaddresspool", "wrong", "-n", CONFIG).orFail();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(configurationState()).startsWith("Valid"));
    }

    @Test
    void poolsCountWhatIsInUse() {
        // When
        cluster.kubectl().apply(service("counted", "ipFamilyPolicy: RequireDualStack"));
        awaitAddresses("counted", 2);

        // Then
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(
                                        cluster.kubectl()
                                                .run(
                                                        "get",
                                                        "ipaddresspool",
                                                        "lan",
                                                        "-n",
                                                        CONFIG,
                                                        "-o",
                                                        "jsonpath={.status}")
                                                .out())
                                .contains("\"assignedIPv4\":1", "\"assignedIPv6\":1")
                                .contains("\"availableIPv4\":7", "\"availableIPv6\":7"));
    }

    private TwinstackProcess start() {
        return TwinstackProcess.role("controller", cluster.directory())
                .named("controller-it")
                .kubeconfig(cluster.adminKubeconfig())
                .arguments("--namespace", CONFIG)
                .start();
    }

    private Service awaitAddresses(String name, int count) {
        await().atMost(SOON).until(() -> addresses(get(name)).size() == count);
        return get(name);
    }

    private Service get(String name) {
        return client.services().inNamespace(APPS).withName(name).get();
    }

    private List<Condition> conditions(String name) {
        List<Condition> conditions = get(name).getStatus().getConditions();
        return conditions == null ? List.of() : conditions;
    }

    private List<String> events(String name) {
        return client.v1().events().inNamespace(APPS).list().getItems().stream()
                .filter(event -> name.equals(event.getInvolvedObject().getName()))
                .map(event -> event.getReason() + ": " + event.getMessage())
                .toList();
    }

    private String configurationState() {
        return cluster.kubectl()
                .run(
                        "get",
                        "configurationstate",
                        "controller",
                        "-n",
                        CONFIG,
                        "-o",
                        "jsonpath={.status.result} {.status.errorSummary}")
                .out();
    }

    private static List<String> addresses(Service service) {
        return service.getStatus().getLoadBalancer().getIngress() == null
                ? List.of()
                : service.getStatus().getLoadBalancer().getIngress().stream()
                        .map(LoadBalancerIngress::getIp)
                        .toList();
    }

    private static String pool(String name, String... ranges) {
        return """
        apiVersion: metallb.io/v1beta1
        kind: IPAddressPool
        metadata: {name: %s, namespace: %s}
        spec: {addresses: ["%s"], autoAssign: %s}
        """
                .formatted(name, CONFIG, String.join("\", \"", ranges), !name.equals("single"));
    }

    private static String service(String name, String more) {
        return """
        apiVersion: v1
        kind: Service
        metadata: {name: %s, namespace: %s}
        spec:
          type: LoadBalancer
          selector: {app: %s}
          ports: [{port: 80}]
          %s
        """
                .formatted(name, APPS, name, more);
    }

    private static String annotated(String name, String annotation) {
        return """
        apiVersion: v1
        kind: Service
        metadata: {name: %s, namespace: %s, annotations: {%s}}
        spec: {type: LoadBalancer, ports: [{port: 80}]}
        """
                .formatted(name, APPS, annotation);
    }
}
