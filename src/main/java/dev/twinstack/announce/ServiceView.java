package dev.twinstack.announce;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What announcing needs to know of a Service.
///
/// @param loadBalancer whether `spec.type` is `LoadBalancer`
/// @param localTraffic whether `spec.externalTrafficPolicy` is `Local`
/// @param ingress `status.loadBalancer.ingress[].ip` as written, because what is no address is a
///   reason of its own
/// @param leaving those of `ingress` that go when the Service has moved to another pool
public record ServiceView(
        ServiceKey key,
        Map<String, String> labels,
        boolean loadBalancer,
        boolean localTraffic,
        List<String> ingress,
        Set<IpAddress> leaving) {

    public ServiceView {
        labels = Map.copyOf(labels);
        ingress = List.copyOf(ingress);
        leaving = Set.copyOf(leaving);
    }

    /// Of a Service that is not on its way.
    public ServiceView(
            ServiceKey key,
            Map<String, String> labels,
            boolean loadBalancer,
            boolean localTraffic,
            List<String> ingress) {
        this(key, labels, loadBalancer, localTraffic, ingress, Set.of());
    }
}
