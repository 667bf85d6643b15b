package dev.twinstack.announce;

import org.jspecify.annotations.Nullable;

/// One endpoint of an EndpointSlice.
///
/// @param node `nodeName`, `null` when the endpoint stands on no node of the cluster
/// @param addressed whether `addresses` is not empty
/// @param ready, serving the conditions as written; `null` is "unknown"
public record EndpointView(
        @Nullable String node,
        boolean addressed,
        @Nullable Boolean ready,
        @Nullable Boolean serving) {

    /// Whether traffic may be sent there: it is ready, or nothing is known of that, or it still
    /// serves while it terminates. (MetalLB's rule: an absent `ready` counts as true.)
    public boolean canServe() {
        return addressed && (ready == null || ready || (serving != null && serving));
    }
}
