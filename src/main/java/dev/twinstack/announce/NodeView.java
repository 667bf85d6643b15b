package dev.twinstack.announce;

import java.util.Map;

/// What announcing needs to know of a Node.
///
/// @param networkUnavailable whether the condition `NetworkUnavailable` is `True`; cordons, taints
///   and `NotReady` do not matter, as in MetalLB
public record NodeView(String name, Map<String, String> labels, boolean networkUnavailable) {

    /// The well-known label that takes a node out of every load balancer, whatever its value.
    public static final String EXCLUDE_LABEL =
            "node.kubernetes.io/exclude-from-external-load-balancers";

    public NodeView {
        labels = Map.copyOf(labels);
    }

    boolean isExcluded() {
        return labels.containsKey(EXCLUDE_LABEL);
    }
}
