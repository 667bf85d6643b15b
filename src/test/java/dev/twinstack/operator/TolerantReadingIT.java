package dev.twinstack.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.config.ConfigError;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.Manifests;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Objects that were stored before the schema of their kind was what it is.
@ExtendWith(LabExtension.class)
class TolerantReadingIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NAMESPACE = "it-tolerant";

    private final LabCluster cluster;
    private final KubernetesClient client;
    private final List<CustomResourceDefinitionVersion> schemas;

    TolerantReadingIT(LabCluster cluster) {
        this.cluster = cluster;
        Manifests.applyDefinitions(cluster);
        this.schemas = definition().get().getSpec().getVersions();
        Manifests.createNamespace(cluster, NAMESPACE);
        ObjectMapper mapper = new ObjectMapper();
        new TolerantReading().customize(mapper);
        this.client =
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(cluster.adminKubeconfig().toFile()))
                        .withKubernetesSerialization(new KubernetesSerialization(mapper, true))
                        .build();
    }

    @AfterEach
    void tidyUp() {
        cluster.kubectl().run("delete", "ipaddresspools", "--all", "-n", NAMESPACE);
        client.close();
        Manifests.restoreDefinitions(cluster);
    }

    @Test
    void anObjectThatCannotBeReadIsNamedAndTheOthersAreThere() {
        // Given a pool of another form, stored while the schema let it
        withoutSchema();
        await().atMost(SOON).until(() -> cluster.kubectl().tryApply(pool("old", "7")).succeeded());
        withSchema();
        cluster.kubectl().apply(pool("good", "[192.0.2.0/24]"));
        AtomicInteger signals = new AtomicInteger();

        // When
        try (WatchedKind<IPAddressPool> pools =
                new WatchedKind<>(
                        "ipaddresspools",
                        client.resources(IPAddressPool.class).inNamespace(NAMESPACE),
                        (before, after) -> true,
                        pool -> signals.incrementAndGet())) {
            pools.start();

            // Then it is named, and not in the way of the others
            await().atMost(SOON).until(() -> pools.unreadable().size() == 1);
            await().atMost(SOON).until(() -> names(pools).equals(List.of("good")));
            assertThat(pools.unreadable())
                    .extracting(ConfigError::toString)
                    .singleElement()
                    .asString()
                    .startsWith("IPAddressPool it-tolerant/old: : cannot be read, write it anew: ")
                    .contains("spec.addresses");

            // And in a watch it is not in the way either
            withoutSchema();
            await().atMost(SOON)
                    .until(() -> cluster.kubectl().tryApply(pool("new", "8")).succeeded());
            await().atMost(SOON).until(() -> pools.unreadable().size() == 2);
            cluster.kubectl().apply(pool("old", "[198.51.100.0/24]"));
            await().atMost(SOON).until(() -> names(pools).equals(List.of("good", "old")));
            assertThat(signals.get()).isEqualTo(4);
        }
    }

    private static List<String> names(WatchedKind<IPAddressPool> pools) {
        return pools.list().stream().map(pool -> pool.getMetadata().getName()).sorted().toList();
    }

    private Resource<CustomResourceDefinition> definition() {
        return cluster.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("ipaddresspools.metallb.io");
    }

    private void withoutSchema() {
        definition().edit(TolerantReadingIT::anything);
    }

    private void withSchema() {
        definition()
                .edit(definition -> {
                    definition.getSpec().setVersions(schemas);
                    return definition;
                });
    }

    private static CustomResourceDefinition anything(CustomResourceDefinition definition) {
        JSONSchemaProps anything = new JSONSchemaProps();
        anything.setType("object");
        anything.setXKubernetesPreserveUnknownFields(true);
        definition
                .getSpec()
                .getVersions()
                .forEach(version -> version.getSchema().setOpenAPIV3Schema(anything));
        return definition;
    }

    private static String pool(String name, String addresses) {
        return """
        apiVersion: metallb.io/v1beta1
        kind: IPAddressPool
        metadata: {name: %s, namespace: %s}
        spec: {addresses: %s}
        """
                .formatted(name, NAMESPACE, addresses);
    }
}
