package dev.twinstack.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How to reach the cluster.
final class ClusterOptions {

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Else KUBECONFIG, ~/.kube/config or the Pod's own")
    private @Nullable Path kubeconfig;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "metallb-system",
            description = "Where Twinstack runs (${DEFAULT-VALUE})")
    private String namespace = "";

    String namespace() {
        return namespace;
    }

    /// The caller closes it. It does not try again what fails.
    KubernetesClient client() {
        Optional<Path> file = Optional.ofNullable(kubeconfig);
        file.ifPresent(KubeconfigCheck::check);
        Config config =
                file.map(Path::toFile)
                        .map(Config::fromKubeconfig)
                        .orElseGet(() -> Config.autoConfigure(null));
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
