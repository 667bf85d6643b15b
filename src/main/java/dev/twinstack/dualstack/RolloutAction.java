package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.crd.DualStackNodeSpec;
import java.util.List;

/// What the leading controller does in the cluster.
public sealed interface RolloutAction {

    /// A node gets its order; the same order again changes nothing.
    record Order(String node, DualStackNodeSpec spec) implements RolloutAction {}

    /// An object changes as the plan shows; refused by the API server if it is not as it was then.
    record Change(Step.ObjectEdit edit) implements RolloutAction {}

    /// Calico's objects are kept as they are; what was kept before stays.
    record KeepObjects(List<JsonNode> objects) implements RolloutAction {

        public KeepObjects {
            objects = List.copyOf(objects);
        }
    }

    /// The API servers make ServiceCIDR `kubernetes` anew.
    record RenewServiceCidr() implements RolloutAction {}
}
