package dev.twinstack.dualstack;

import dev.twinstack.crd.DualStackNodeSpec.Part;
import dev.twinstack.crd.DualStackNodeStatus.Stage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What node-config remembers of its own work, on its node: it must go on while the API server is
/// away, which is so whenever the only control-plane node restarts.
///
/// @param part what is being changed or was last; null before the first change
/// @param since when the stage began
/// @param written when the launch configuration was written
/// @param file the name of the launch configuration in the works, without directory; empty if none
/// @param generation of the order that the stage belongs to
public record NodeState(
        Stage stage,
        long attempt,
        @Nullable Part part,
        Instant since,
        Instant written,
        String file,
        String message,
        long generation) {

    public static NodeState observed(Instant now) {
        return new NodeState(Stage.OBSERVED, 0, null, now, now, "", "", 0);
    }

    NodeState at(Stage next, Instant now, String why) {
        return new NodeState(next, attempt, part, now, written, file, why, generation);
    }
}
