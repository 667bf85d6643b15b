package dev.twinstack.dualstack;

import dev.twinstack.crd.DualStackNode;
import dev.twinstack.crd.DualStackNodeSpec;
import dev.twinstack.crd.DualStackNodeSpec.Part;
import dev.twinstack.crd.DualStackNodeStatus;
import dev.twinstack.crd.DualStackNodeStatus.Stage;
import org.jspecify.annotations.Nullable;

/// What the leader knows of one node: its last order, and what the node says of it.
///
/// @param status null as long as nobody has reported
/// @param observed whether the report is about the last order
/// @param serving of a control-plane node whose flags are said to be in force: what its API server
///   lacks, empty if nothing; null if it was not asked
public record NodeReport(
        DualStackNodeSpec order,
        @Nullable DualStackNodeStatus status,
        boolean observed,
        @Nullable String serving) {

    /// A node nobody has ordered anything yet.
    public static final NodeReport NONE = new NodeReport(DualStackNodeSpec.LOOK, null, false, null);

    public static NodeReport of(DualStackNode object, @Nullable String serving) {
        DualStackNodeSpec order = object.getSpec();
        DualStackNodeStatus status = object.getStatus();
        Long generation = object.getMetadata().getGeneration();
        return new NodeReport(
                order == null ? DualStackNodeSpec.LOOK : order,
                status,
                status != null
                        && generation != null
                        && generation.equals(status.observedGeneration()),
                serving);
    }

    boolean hasReported() {
        return status != null && status.stage() != null;
    }

    boolean isBackedUp() {
        return status != null && !status.backupFiles().isEmpty();
    }

    /// What its API server lacks that its flags are said to have; empty if nothing, or it has none.
    String servingLack() {
        if (!order.controlPlane()) {
            return "";
        }
        return serving == null ? "its API server is asked" : serving;
    }

    /// Whether the node was told to change anything.
    boolean mayChange() {
        return mayDo(Part.MANIFEST) || mayDo(Part.ARGUMENTS);
    }

    /// Whether the node was told to do this.
    boolean mayDo(Part part) {
        return order.parts().contains(part);
    }

    /// OBSERVED as long as nobody has said otherwise.
    Stage stage() {
        Stage stage = status == null ? null : status.stage();
        return stage == null ? Stage.OBSERVED : stage;
    }

    String message() {
        String message = status == null ? null : status.message();
        return message == null ? "" : message;
    }

    /// Whether this attempt has failed here.
    boolean hasFailed(long attempt) {
        return status != null && stage().isFailure() && status.attempt() == attempt;
    }
}
