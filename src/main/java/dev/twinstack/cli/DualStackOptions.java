package dev.twinstack.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How to reach the cluster, and how to print.
final class DualStackOptions {

    @Option(
            names = "--kubeconfig",
            defaultValue = "${env:KUBECONFIG}",
            description = "How to reach the cluster (KUBECONFIG)")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--namespace",
            defaultValue = "${env:METALLB_NAMESPACE:-metallb-system}",
            description = "Twinstack's namespace (METALLB_NAMESPACE; ${DEFAULT-VALUE})")
    private String namespace = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (${DEFAULT-VALUE})")
    private DualStackPlanCommand.Output output = DualStackPlanCommand.Output.TEXT;

    DualStackConnection connect() {
        return new DualStackConnection(kubeconfig, namespace);
    }

    String namespace() {
        return namespace;
    }

    boolean json() {
        return output == DualStackPlanCommand.Output.JSON;
    }
}
