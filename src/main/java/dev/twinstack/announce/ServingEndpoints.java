package dev.twinstack.announce;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Where a Service has endpoints that take traffic.
///
/// @param any whether there is one at all
/// @param nodes the nodes that have one
public record ServingEndpoints(boolean any, Set<String> nodes) {

    public static final ServingEndpoints NONE = new ServingEndpoints(false, Set.of());

    public ServingEndpoints {
        nodes = Set.copyOf(nodes);
    }

    /// Of all endpoints of all slices of one Service, in any order.
    public static ServingEndpoints of(Collection<EndpointView> endpoints) {
        boolean any = false;
        Set<String> nodes = new HashSet<>();
        for (EndpointView endpoint : endpoints) {
            if (endpoint.canServe()) {
                any = true;
                if (endpoint.node() != null) {
                    nodes.add(endpoint.node());
                }
            }
        }
        return any ? new ServingEndpoints(true, nodes) : NONE;
    }
}
