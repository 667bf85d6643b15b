package dev.twinstack.cli;

import picocli.CommandLine.Command;

@Command(
        name = "twinstack",
        description = "IPv4 and IPv6 addresses and routes for LoadBalancer Services.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong use"},
        subcommands = {
            RunCommand.class,
            ExplainCommand.class,
            PoolsCommand.class,
            AddressesCommand.class,
            SessionsCommand.class,
            RoutesCommand.class,
            DrainCommand.class,
            RouterCommand.class,
            DualStackCommand.class,
            ManifestCommand.class,
            MigrateCommand.class,
            AddonCommand.class,
            CalicoCommand.class
        })
final class TwinstackCommand {}
