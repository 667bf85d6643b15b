package dev.twinstack.cli;

import picocli.CommandLine.Command;

/// `twinstack explain`: why something is as it is.
@Command(
        name = "explain",
        description = "Tells why something is as it is.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ExplainServiceCommand.class, ExplainRouteCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {"  twinstack explain service shop/web", "  twinstack explain route 192.0.2.7"})
final class ExplainCommand {}
