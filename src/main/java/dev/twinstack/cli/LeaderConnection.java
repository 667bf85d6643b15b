package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A way to the HTTP API of the leading controller: the one that is named, or this machine's, or
/// the leader's Pod.
final class LeaderConnection implements AutoCloseable {

    private static final String LOCAL = "http://127.0.0.1:7472";
    private static final int API_PORT = 7472;
    private static final String LEADER_LABEL = "twinstack.dev/leader";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final ApiClient client;

    private LeaderConnection(ControllerOptions options) {
        this.client = options.url().map(ApiClient::new).orElseGet(() -> find(options));
    }

    /// @throws FailedException with what was tried, and what to do
    static LeaderConnection to(ControllerOptions options) {
        options.kubeconfig().ifPresent(KubeconfigCheck::check);
        return new LeaderConnection(options);
    }

    ApiClient client() {
        return client;
    }

    /// A page of the API, which must be the leader's.
    JsonNode page(String path) {
        JsonNode page =
                client.find(path)
                        .orElseThrow(() ->
                                new FailedException(
                                        "%s%s is not there: is that a controller?"
                                                .formatted(client.server(), path)));
        if (!page.path("leads").asBoolean()) {
            throw new FailedException(
                    client.server() + " is not the leading controller, and only that one knows");
        }
        return page.path("items");
    }

    private ApiClient find(ControllerOptions options) {
        ApiClient local = new ApiClient(LOCAL);
        String notLocal = whyNotLeading(local);
        if (notLocal.isEmpty()) {
            return local;
        }
        String notInCluster;
        try {
            Optional<ApiClient> pod = leaderPod(options);
            if (pod.isPresent()) {
                return pod.get();
            }
            notInCluster = "no Pod has the label %s=true".formatted(LEADER_LABEL);
        } catch (KubernetesClientException | UncheckedIOException e) {
            notInCluster = Reasons.of(e).lines().findFirst().orElse("");
        }
        close();
        throw new FailedException(
                ("no leading controller found. Here: %s. In the cluster, namespace %s: %s. Start"
                                + " the controller, or say where it is with --url, --kubeconfig or"
                                + " --namespace")
                        .formatted(notLocal, options.namespace(), notInCluster));
    }

    private static String whyNotLeading(ApiClient client) {
        try {
            boolean leads =
                    client.find("/api/v1/pools")
                            .filter(page -> page.path("leads").asBoolean())
                            .isPresent();
            return leads ? "" : client.server() + " is not the leading controller";
        } catch (FailedException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Optional<ApiClient> leaderPod(ControllerOptions options) {
        KubernetesClient cluster =
                new KubernetesClientBuilder().withConfig(config(options)).build();
        open.push(cluster);
        List<Pod> leaders =
                cluster.pods()
                        .inNamespace(options.namespace())
                        .withLabel(LEADER_LABEL, "true")
                        .list()
                        .getItems();
        if (leaders.isEmpty()) {
            return Optional.empty();
        }
        LocalPortForward forward =
                cluster.pods().resource(leaders.getFirst()).portForward(API_PORT);
        open.push(forward);
        return Optional.of(new ApiClient("http://127.0.0.1:" + forward.getLocalPort()));
    }

    private static Config config(ControllerOptions options) {
        Config config =
                options.kubeconfig()
                        .map(Path::toFile)
                        .map(Config::fromKubeconfig)
                        .orElseGet(() -> Config.autoConfigure(null));
        config.setRequestRetryBackoffLimit(0);
        return config;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException("cannot close the connection", e);
            }
        }
    }
}
