package dev.twinstack.operator.dualstack;

import dev.twinstack.crd.DualStackNodeStatus.Stage;

/// Stages as they stand in the API.
final class StageText {

    private StageText() {}

    static String of(Stage stage) {
        return switch (stage) {
            case OBSERVED -> "Observed";
            case BACKED_UP -> "BackedUp";
            case WRITTEN -> "Written";
            case RESTARTING -> "Restarting";
            case IN_FORCE -> "InForce";
            case RESTORING -> "Restoring";
            case ROLLED_BACK -> "RolledBack";
            case FAILED -> "Failed";
        };
    }
}
