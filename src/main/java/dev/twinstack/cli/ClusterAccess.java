package dev.twinstack.cli;

import dev.twinstack.operator.ClusterClient;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cluster that the user's kubeconfig leads to, and ports of its Pods.
final class ClusterAccess implements AutoCloseable {

    private static final int API_PORT = 7472;

    private final ApiOptions options;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private @Nullable KubernetesClient client;

    /// Connects to nobody yet.
    ///
    /// @throws WrongUseException if a kubeconfig is named that is none
    ClusterAccess(ApiOptions options) {
        options.kubeconfig().ifPresent(KubeconfigCheck::check);
        this.options = options;
    }

    KubernetesClient client() {
        KubernetesClient present = client;
        if (present == null) {
            present = ClusterClient.of(config());
            client = present;
            open.push(present);
        }
        return present;
    }

    /// Twinstack's Pods with this label.
    ///
    /// @throws io.fabric8.kubernetes.client.KubernetesClientException if they can't be listed
    List<Pod> pods(String label, String value) {
        return client().pods()
                .inNamespace(options.namespace())
                .withLabel(label, value)
                .list()
                .getItems();
    }

    /// The API of a Pod; whether it answers is not known yet.
    ApiClient api(Pod pod) {
        LocalPortForward forward = client().pods().resource(pod).portForward(API_PORT);
        open.push(forward);
        return new ApiClient("http://127.0.0.1:" + forward.getLocalPort());
    }

    private Config config() {
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
