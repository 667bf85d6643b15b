package dev.twinstack.dualstack;

import dev.twinstack.crd.DualStackNodeSpec;
import dev.twinstack.crd.DualStackNodeSpec.Goal;
import dev.twinstack.crd.DualStackNodeSpec.Part;
import dev.twinstack.crd.DualStackSpec.Mode;
import dev.twinstack.crd.DualStackStatus.RangesInForce;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a plan means for one node, as an order.
final class NodeOrders {

    private NodeOrders() {}

    /// @param part what it may change now; nothing if it may only look
    /// @param ranges null as long as they are not known
    static DualStackNodeSpec of(
            Rollout.Situation given,
            NodeFindings node,
            Optional<Part> part,
            @Nullable Ranges ranges) {
        Mode mode = given.wanted().mode();
        List<Part> parts = new ArrayList<>();
        if (ranges != null && mode == Mode.APPLY) {
            parts.add(Part.BACK_UP);
        }
        part.ifPresent(parts::add);
        return new DualStackNodeSpec(
                mode == Mode.UNDO ? Goal.SINGLE_STACK : Goal.DUAL_STACK,
                parts,
                node.controlPlane(),
                node.addresses().stream().map(Object::toString).toList(),
                ranges == null ? null : named(ranges),
                ranges == null || mode == Mode.UNDO
                        ? Map.of()
                        : DualStackPlanner.environment(given.findings(), given.wanted(), ranges),
                given.wanted().kubeletNodeIP(),
                given.attempt());
    }

    /// The way back, refused where nothing was kept.
    static Plan undo(Rollout.Situation given) {
        if (given.backup().isEmpty()) {
            return new Plan.Refused(
                    List.of(
                            new Refusal(
                                    "cluster",
                                    "there is no backup: this cluster was not converted by"
                                            + " twinstack dualstack apply",
                                    "name your own: twinstack dualstack plan --undo --backup DIR",
                                    "kubectl get dualstacks default -o yaml")));
        }
        return DualStackPlanner.undo(
                given.findings(),
                ReportedBackup.of(given.findings(), given.nodes(), given.backup().get()),
                given.wanted().force());
    }

    private static RangesInForce named(Ranges ranges) {
        return new RangesInForce(
                ranges.podsIpv4().toString(),
                ranges.podsIpv6().toString(),
                ranges.servicesIpv4().toString(),
                ranges.servicesIpv6().toString());
    }
}
