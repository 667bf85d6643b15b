package dev.twinstack.cli;

import picocli.CommandLine.Command;

/// `twinstack dualstack`: from single-stack to dual-stack, for MicroK8s.
@Command(
        name = "dualstack",
        description = "Turns a single-stack MicroK8s into a dual-stack one, and back.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DualStackPlanCommand.class,
            DualStackApplyCommand.class,
            DualStackStatusCommand.class,
            DualStackVerifyCommand.class,
            DualStackUndoCommand.class,
            DualStackFactsCommand.class,
            DualStackProbeCommand.class
        })
final class DualStackCommand {}
