package dev.twinstack.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whom to ask, and how to print the answer.
final class ApiOptions {

    @Option(
            names = {"--url", "--server"},
            paramLabel = "URL",
            description = {
                "The HTTP API of a Twinstack process. Without it: http://127.0.0.1:7472 if that can"
                        + " tell, else a Pod that can, by a port-forward, else the objects of the"
                        + " cluster"
            })
    private @Nullable String url;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "For the cluster; else KUBECONFIG, ~/.kube/config or the Pod's own")
    private @Nullable Path kubeconfig;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "metallb-system",
            description = "Where Twinstack and its configuration are (${DEFAULT-VALUE})")
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
