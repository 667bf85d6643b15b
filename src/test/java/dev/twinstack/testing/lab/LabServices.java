package dev.twinstack.testing.lab;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The Services of one test, in a namespace of their own.
public final class LabServices {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final String namespace;

    public LabServices(LabCluster cluster, String namespace) {
        this.client = cluster.client();
        this.namespace = namespace;
        cluster.kubectl()
                .apply(
                        "{apiVersion: v1, kind: Namespace, metadata: {name: %s}}"
                                .formatted(namespace));
    }

    /// A LoadBalancer with one port, of one family unless the test says otherwise.
    public static Service loadBalancer(String name, Consumer<Service> more) {
        Service service =
                new ServiceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withType("LoadBalancer")
                        .withSelector(Map.of("app", name))
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build();
        more.accept(service);
        return service;
    }

    /// @return the API server's answer
    public Service create(String name, Consumer<Service> more) {
        return client.services().inNamespace(namespace).resource(loadBalancer(name, more)).create();
    }

    public Service create(String name) {
        return create(name, service -> {});
    }

    public Service dryRun(String name, Consumer<Service> more) {
        return client.services()
                .inNamespace(namespace)
                .resource(loadBalancer(name, more))
                .dryRun()
                .create();
    }

    public Service edit(String name, Consumer<Service> change) {
        return client.services()
                .inNamespace(namespace)
                .withName(name)
                .edit(service -> {
                    change.accept(service);
                    return service;
                });
    }

    public Service editStatus(String name, Consumer<Service> change) {
        return client.services()
                .inNamespace(namespace)
                .withName(name)
                .editStatus(service -> {
                    change.accept(service);
                    return service;
                });
    }

    public void delete(String name) {
        client.services().inNamespace(namespace).withName(name).delete();
    }

    public void deleteAll() {
        client.services().inNamespace(namespace).delete();
    }

    public Service get(String name) {
        return client.services().inNamespace(namespace).withName(name).get();
    }

    public List<Service> all() {
        return client.services().inNamespace(namespace).list().getItems();
    }

    /// Shows each Service whenever it has changed, on a thread of the client, until it is stopped.
    public SharedIndexInformer<Service> follow(Consumer<Service> seen) {
        return client.services()
                .inNamespace(namespace)
                .inform(
                        new ResourceEventHandler<>() {
                            @Override
                            public void onAdd(Service service) {
                                seen.accept(service);
                            }

                            @Override
                            public void onUpdate(Service before, Service after) {
                                seen.accept(after);
                            }

                            @Override
                            public void onDelete(Service service, boolean unknown) {
                                // Nobody asks.
                            }
                        });
    }

    /// Waits until its status has so many addresses.
    public Service awaitAddresses(String name, int count) {
        await("addresses of " + name)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> addresses(get(name)).size() == count);
        return get(name);
    }

    /// Those of its status.
    public static List<String> addresses(Service service) {
        List<LoadBalancerIngress> ingress = service.getStatus().getLoadBalancer().getIngress();
        return ingress == null
                ? List.of()
                : ingress.stream().map(LoadBalancerIngress::getIp).toList();
    }

    /// What admission answered; empty if nothing.
    public static String answered(Service service) {
        Map<String, String> annotations = service.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault("twinstack.dev/addresses", "");
    }

    public List<Condition> conditions(String name) {
        List<Condition> conditions = get(name).getStatus().getConditions();
        return conditions == null ? List.of() : conditions;
    }

    /// `reason: text` of each.
    public List<String> events(String name) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> name.equals(event.getInvolvedObject().getName()))
                .map(event -> event.getReason() + ": " + event.getMessage())
                .toList();
    }
}
