package dev.twinstack.cli;

import picocli.CommandLine.Command;

/// `twinstack addon`: what the scripts of the MicroK8s addon run in a pod of their own.
@Command(
        name = "addon",
        description = "What the scripts of the MicroK8s addon run; people type microk8s enable.",
        mixinStandardHelpOptions = true,
        subcommands = {AddonEnableCommand.class, AddonBackCommand.class, AddonHoldCommand.class})
final class AddonCommand {}
