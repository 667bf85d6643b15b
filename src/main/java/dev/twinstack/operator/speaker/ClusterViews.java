package dev.twinstack.operator.speaker;

import dev.twinstack.admission.MovingText;
import dev.twinstack.admission.ServiceIngress;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.announce.EndpointView;
import dev.twinstack.announce.NodeView;
import dev.twinstack.announce.ServiceView;
import dev.twinstack.announce.ServingEndpoints;
import dev.twinstack.crd.Twinstack;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns objects of the Kubernetes API into what announcing needs to know of them.
final class ClusterViews {

    /// The label of an EndpointSlice with the name of its Service.
    static final String SERVICE_NAME_LABEL = "kubernetes.io/service-name";

    private ClusterViews() {}

    static ServiceKey key(Service service) {
        return new ServiceKey(
                service.getMetadata().getNamespace(), service.getMetadata().getName());
    }

    /// The Service a slice belongs to; nothing for a slice of somebody else's.
    static Optional<ServiceKey> serviceOf(EndpointSlice slice) {
        return Optional.ofNullable(labels(slice.getMetadata()).get(SERVICE_NAME_LABEL))
                .map(name -> new ServiceKey(slice.getMetadata().getNamespace(), name));
    }

    static ServiceView service(Service service) {
        return new ServiceView(
                key(service),
                labels(service.getMetadata()),
                "LoadBalancer".equals(service.getSpec().getType()),
                "Local".equals(service.getSpec().getExternalTrafficPolicy()),
                ServiceIngress.texts(service),
                Set.copyOf(MovingText.leaving(service)));
    }

    static ServingEndpoints endpoints(Collection<EndpointSlice> slices) {
        List<EndpointView> endpoints = new ArrayList<>();
        for (EndpointSlice slice : slices) {
            for (Endpoint endpoint : orEmpty(slice.getEndpoints())) {
                endpoints.add(endpoint(endpoint));
            }
        }
        return ServingEndpoints.of(endpoints);
    }

    static NodeView node(Node node) {
        return new NodeView(
                node.getMetadata().getName(),
                labels(node.getMetadata()),
                isNetworkUnavailable(node.getStatus()));
    }

    /// Without a Node object the node has no labels, and selectors of nodes don't fit.
    static NodeView unknownNode(String name) {
        return new NodeView(name, Map.of(), false);
    }

    /// The addresses of type `InternalIP`, as written.
    static List<String> internalAddresses(Node node) {
        NodeStatus status = node.getStatus();
        if (status == null) {
            return List.of();
        }
        return orEmpty(status.getAddresses()).stream()
                .filter(address -> "InternalIP".equals(address.getType()))
                .map(address -> address.getAddress())
                .toList();
    }

    /// Why the node is drained, if it is ([Twinstack#DRAIN]).
    static Optional<String> drain(Node node) {
        Map<String, String> annotations = node.getMetadata().getAnnotations();
        return Optional.ofNullable(annotations).map(all -> all.get(Twinstack.DRAIN));
    }

    private static EndpointView endpoint(Endpoint endpoint) {
        EndpointConditions conditions = endpoint.getConditions();
        return new EndpointView(
                endpoint.getNodeName(),
                !orEmpty(endpoint.getAddresses()).isEmpty(),
                conditions == null ? null : conditions.getReady(),
                conditions == null ? null : conditions.getServing());
    }

    private static boolean isNetworkUnavailable(@Nullable NodeStatus status) {
        return status != null
                && orEmpty(status.getConditions()).stream()
                        .anyMatch(condition ->
                                "NetworkUnavailable".equals(condition.getType())
                                        && "True".equals(condition.getStatus()));
    }

    private static Map<String, String> labels(ObjectMeta metadata) {
        Map<String, String> labels = metadata.getLabels();
        return labels == null ? Map.of() : labels;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
