package dev.twinstack.operator.speaker;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.announce.ServingEndpoints;
import dev.twinstack.operator.WatchedKind;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The objects of the cluster that announcing depends on, kept up to date in memory: all Services,
/// all EndpointSlices, and this node's Node.
final class ClusterSources implements AutoCloseable {

    private static final String BY_SERVICE = "service";

    private final String nodeName;
    private final WatchedKind<Service> services;
    private final WatchedKind<EndpointSlice> slices;
    private final WatchedKind<Node> node;

    /// @param mailbox told of everything that may change what is announced
    ClusterSources(KubernetesClient client, String nodeName, Mailbox mailbox) {
        this.nodeName = nodeName;
        services =
                new WatchedKind<>(
                        "services",
                        client.services().inAnyNamespace(),
                        (before, after) -> !view(before).equals(view(after)),
                        service -> mailbox.service(ClusterViews.key(service)));
        slices =
                new WatchedKind<EndpointSlice>(
                                "endpointslices.discovery.k8s.io",
                                client.discovery().v1().endpointSlices().inAnyNamespace(),
                                (before, after) -> !serving(before).equals(serving(after)),
                                slice -> ClusterViews.serviceOf(slice).ifPresent(mailbox::service))
                        .indexed(
                                BY_SERVICE,
                                slice ->
                                        ClusterViews.serviceOf(slice)
                                                .map(ServiceKey::toString)
                                                .stream()
                                                .toList());
        node =
                new WatchedKind<>(
                        "node " + nodeName,
                        client.nodes().withName(nodeName),
                        ClusterSources::matters,
                        changed -> mailbox.everything());
    }

    void start() {
        services.start();
        slices.start();
        node.start();
    }

    /// What has not been listed yet; empty if all has.
    Optional<String> missing() {
        return Stream.of(services, slices, node)
                .map(WatchedKind::missing)
                .flatMap(Optional::stream)
                .findFirst();
    }

    List<Service> services() {
        return services.list();
    }

    Optional<Service> service(ServiceKey key) {
        return services.find(key.toString());
    }

    /// Empty when the cluster has no such Node.
    Optional<Node> node() {
        return node.find(nodeName);
    }

    ServingEndpoints endpoints(ServiceKey service) {
        return ClusterViews.endpoints(slices.byIndex(BY_SERVICE, service.toString()));
    }

    @Override
    public void close() {
        services.close();
        slices.close();
        node.close();
    }

    /// Whether a change of this node's Node can change what is announced.
    static boolean matters(Node before, Node after) {
        return !ClusterViews.node(before).equals(ClusterViews.node(after))
                || !ClusterViews.drain(before).equals(ClusterViews.drain(after))
                || !ClusterViews.internalAddresses(before)
                        .equals(ClusterViews.internalAddresses(after));
    }

    private static Object view(Service service) {
        return List.of(
                ClusterViews.service(service),
                Optional.ofNullable(service.getSpec().getLoadBalancerClass()));
    }

    private static ServingEndpoints serving(EndpointSlice slice) {
        return ClusterViews.endpoints(List.of(slice));
    }
}
