package dev.twinstack.cli;

import picocli.CommandLine.Command;

/// `twinstack calico`: what has to do with Calico alone.
@Command(
        name = "calico",
        description = "Has Twinstack and Calico's BGP live on the same nodes.",
        mixinStandardHelpOptions = true,
        subcommands = {CalicoCoexistCommand.class})
final class CalicoCommand {}
