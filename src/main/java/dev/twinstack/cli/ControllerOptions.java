package dev.twinstack.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How to reach the leading controller, and how to print what it says.
final class ControllerOptions {

    @Option(
            names = {"--url", "--server"},
            paramLabel = "URL",
            description = {
                "The controller's HTTP API. Without it: http://127.0.0.1:7472 if the leading"
                        + " controller answers there, else its Pod, by a port-forward"
            })
    private @Nullable String url;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "For the port-forward; else KUBECONFIG, ~/.kube/config or the Pod's own")
    private @Nullable Path kubeconfig;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "metallb-system",
            description = "Where the controller runs (${DEFAULT-VALUE})")
    private String namespace = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, wide, json or yaml (${DEFAULT-VALUE})")
    private Output output = Output.TABLE;

    Optional<String> url() {
        return Optional.ofNullable(url);
    }

    Optional<Path> kubeconfig() {
        return Optional.ofNullable(kubeconfig);
    }

    String namespace() {
        return namespace;
    }

    Output output() {
        return output;
    }
}
