package dev.twinstack.cli;

import picocli.CommandLine.Option;

/// Which Services are ours, where no process says so.
final class ClassOption {

    @Option(
            names = "--lb-class",
            paramLabel = "CLASS",
            defaultValue = "",
            description = "What Twinstack runs with, if it is asked of the cluster's objects")
    private String lbClass = "";

    String value() {
        return lbClass;
    }
}
