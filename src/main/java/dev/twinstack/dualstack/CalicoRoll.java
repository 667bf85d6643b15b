package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// Whether calico-node runs everywhere as its DaemonSet says.
final class CalicoRoll {

    private CalicoRoll() {}

    /// What is still missing; empty if it has settled.
    static Optional<String> lacks(ClusterObjects objects) {
        return CalicoCheck.daemonSet(objects).flatMap(CalicoRoll::lacks);
    }

    private static Optional<String> lacks(JsonNode daemonSet) {
        JsonNode status = daemonSet.path("status");
        long desired = status.path("desiredNumberScheduled").asLong();
        long updated = status.path("updatedNumberScheduled").asLong(desired);
        long unavailable = status.path("numberUnavailable").asLong();
        long generation = daemonSet.at("/metadata/generation").asLong();
        if (status.path("observedGeneration").asLong(generation) < generation
                || updated < desired) {
            return Optional.of("calico-node is being rolled out");
        }
        return unavailable == 0
                ? Optional.empty()
                : Optional.of("calico-node is not ready on %d nodes".formatted(unavailable));
    }
}
