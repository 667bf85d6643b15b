package dev.twinstack.announce;

import dev.twinstack.allocation.ServiceKey;
import java.util.List;
import java.util.Map;

/// What announcing needs to know of a Service.
///
/// @param loadBalancer whether `spec.type` is `LoadBalancer`
/// @param localTraffic whether `spec.externalTrafficPolicy` is `Local`
/// @param ingress `status.loadBalancer.ingress[].ip` as written, because what is no address is a
///   reason of its own
public record ServiceView(
        ServiceKey key,
        Map<String, String> labels,
        boolean loadBalancer,
        boolean localTraffic,
        List<String> ingress) {

    public ServiceView {
        labels = Map.copyOf(labels);
        ingress = List.copyOf(ingress);
    }
}
