package dev.twinstack.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.ConfigurationState;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.L2Advertisement;
import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabServices;
import dev.twinstack.testing.lab.Manifests;
import dev.twinstack.testing.lab.TwinstackProcess;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// MetalLB's old ConfigMap on a real API server, with the webhooks in place and the controller's
/// own rights. Nobody collects garbage here: what goes, the controller has deleted.
@ExtendWith(LabExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LegacyConfigMapIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NAMESPACE = Manifests.NAMESPACE;

    private static final String CONFIG =
            """
            peers:
            - peer-address: 192.0.2.254
              peer-asn: 64513
              my-asn: 64512
            address-pools:
            - name: front
              protocol: bgp
              addresses: [198.51.100.0/28]
            - name: back
              protocol: layer2
              addresses: [198.51.100.16/28]
              auto-assign: false
            """;

    private final LabCluster cluster;
    private final KubernetesClient client;
    private final LabServices services;
    private TwinstackProcess controller;

    LegacyConfigMapIT(LabCluster cluster) {
        this.cluster = cluster;
        this.client = cluster.client();
        Manifests.install(cluster);
        this.services = new LabServices(cluster, "it-legacy");
        this.controller =
                TwinstackProcess.role("controller", cluster.directory())
                        .named("legacy-controller")
                        .kubeconfig(
                                cluster.serviceAccountKubeconfig(NAMESPACE, Manifests.CONTROLLER))
                        .arguments("--webhook-name", "127.0.0.1")
                        .start();
    }

    @BeforeAll
    void awaitWebhooks() {
        Manifests.pointWebhooksAt(cluster, controller.webhookPort());
        controller.awaitReady();
    }

    @AfterEach
    void tidyUp() {
        services.deleteAll();
        client.configMaps().inNamespace(NAMESPACE).withName("config").delete();
        awaitPools();
    }

    @AfterAll
    void stop() {
        controller.close();
        Manifests.removeWebhooks(cluster);
        cluster.kubectl().run("delete", "ipaddresspools", "--all", "-n", NAMESPACE);
    }

    @Test
    void mapBecomesObjectsThatServicesAreServedFrom() {
        // When
        write(CONFIG);

        // Then
        awaitPools("back", "front");
        assertThat(client.resources(BGPPeer.class).inNamespace(NAMESPACE).list().getItems())
                .hasSize(1);
        assertThat(pool("front").getMetadata().getOwnerReferences()).isEmpty();
        assertThat(
                        client.resources(BGPPeer.class)
                                .inNamespace(NAMESPACE)
                                .list()
                                .getItems()
                                .getFirst()
                                .getMetadata()
                                .getOwnerReferences())
                .extracting("kind", "name")
                .containsExactly(tuple("ConfigMap", "config"));
        services.create("web");
        assertThat(LabServices.addresses(services.awaitAddresses("web", 1)).getFirst())
                .startsWith("198.51.100.");
    }

    @Test
    void editOfTheMapIsAnEditOfTheObjects() {
        // Given
        write(CONFIG);
        awaitPools("back", "front");
        String uid = pool("front").getMetadata().getUid();

        // When the two pools change their ranges, and one its protocol
        write(
                CONFIG.replace("198.51.100.0/28", "other")
                        .replace("198.51.100.16/28", "198.51.100.0/28")
                        .replace("other", "198.51.100.16/28")
                        .replace("protocol: bgp", "protocol: layer2"));

        // Then the objects are the same ones, with the new ranges
        await().atMost(SOON)
                .untilAsserted(() -> {
                    assertThat(pool("front").getSpec().addresses())
                            .containsExactly("198.51.100.16/28");
                    assertThat(pool("back").getSpec().addresses())
                            .containsExactly("198.51.100.0/28");
                    assertThat(
                                    client.resources(L2Advertisement.class)
                                            .inNamespace(NAMESPACE)
                                            .list()
                                            .getItems())
                            .hasSize(2);
                });
        assertThat(pool("front").getMetadata().getUid()).isEqualTo(uid);
    }

    @Test
    void brokenMapLeavesTheLastGoodObjectsAndSaysWhere() {
        // Given
        write(CONFIG);
        awaitPools("back", "front");
        Long generation = pool("front").getMetadata().getGeneration();

        // When
        write(CONFIG.replace("my-asn: 64512", "my-asn: me"));

        // Then
        String said = "ConfigMap metallb-system/config: peers[0].my-asn (line 4): must be a whole";
        await().atMost(SOON)
                .untilAsserted(() -> {
                    assertThat(events("ConfigMap"))
                            .anySatisfy(text ->
                                    assertThat(text).startsWith("LegacyConfigInvalid: " + said));
                    assertThat(state()).contains(said);
                });
        assertThat(pool("front").getMetadata().getGeneration()).isEqualTo(generation);

        // And it is over when it is mended
        write(CONFIG);
        await().atMost(SOON).until(() -> state().isEmpty());
    }

    @Test
    void deletedMapTakesItsObjectsAndNoOthers() {
        // Given
        write(CONFIG);
        awaitPools("back", "front");
        cluster.kubectl()
                .apply(
                        """
                        apiVersion: metallb.io/v1beta1
                        kind: IPAddressPool
                        metadata: {name: mine, namespace: metallb-system}
                        spec: {addresses: [203.0.113.0/28]}
                        """);

        // When
        client.configMaps().inNamespace(NAMESPACE).withName("config").delete();

        // Then
        awaitPools("mine");
        assertThat(client.resources(BGPPeer.class).inNamespace(NAMESPACE).list().getItems())
                .isEmpty();
        client.resource(pool("mine")).delete();
    }

    @Test
    void deletedMapLeavesThePoolThatServicesHaveAddressesOf() {
        // Given
        write(CONFIG);
        awaitPools("back", "front");
        services.create("web");
        services.awaitAddresses("web", 1);

        // When
        client.configMaps().inNamespace(NAMESPACE).withName("config").delete();

        // Then
        awaitPools("front");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(events("IPAddressPool"))
                                .anySatisfy(text ->
                                        assertThat(text)
                                                .startsWith("LegacyPoolKept: ")
                                                .contains("Service it-legacy/web")));

        // When it is said that this is meant
        cluster.kubectl()
                .run(
                        "annotate",
                        "ipaddresspool",
                        "front",
                        "-n",
                        NAMESPACE,
                        "twinstack.dev/delete-in-use=true")
                .orFail();

        // Then
        awaitPools();
    }

    @Test
    void objectChangedByHandIsPutRight() {
        // Given
        write(CONFIG);
        awaitPools("back", "front");

        // When
        cluster.kubectl()
                .run(
                        "patch",
                        "ipaddresspool",
                        "front",
                        "-n",
                        NAMESPACE,
                        "--type",
                        "merge",
                        "-p",
                        "{\"spec\": {\"autoAssign\": false}}")
                .orFail();

        // Then
        await().atMost(SOON)
                .until(() -> !Boolean.FALSE.equals(pool("front").getSpec().autoAssign()));
    }

    private void write(String config) {
        client.resource(
                        new ConfigMapBuilder()
                                .withNewMetadata()
                                .withNamespace(NAMESPACE)
                                .withName("config")
                                .endMetadata()
                                .addToData("config", config)
                                .build())
                .serverSideApply();
    }

    private IPAddressPool pool(String name) {
        return client.resources(IPAddressPool.class).inNamespace(NAMESPACE).withName(name).get();
    }

    private void awaitPools(String... names) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(
                                        client.resources(IPAddressPool.class)
                                                .inNamespace(NAMESPACE)
                                                .list()
                                                .getItems())
                                .extracting(pool -> pool.getMetadata().getName())
                                .containsExactlyInAnyOrder(names));
    }

    private List<String> events(String kind) {
        return client.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(event -> kind.equals(event.getInvolvedObject().getKind()))
                .map(LegacyConfigMapIT::text)
                .toList();
    }

    private static String text(Event event) {
        return event.getReason() + ": " + event.getMessage();
    }

    private String state() {
        return Optional.ofNullable(
                        client.resources(ConfigurationState.class)
                                .inNamespace(NAMESPACE)
                                .withName("controller")
                                .get())
                .map(ConfigurationState::getStatus)
                .map(ConfigurationState.Status::errorSummary)
                .orElse("");
    }
}
