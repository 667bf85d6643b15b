package dev.twinstack.operator.nodeconfig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.dualstack.KubeletePorts;
import dev.twinstack.dualstack.NodeHealth;
import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks the node's own API server and kube-proxy, on the loopback ports that its files name.
final class NodeProbe {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String STARTED = "process_start_time_seconds ";

    private final KubernetesClient client;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    NodeProbe(KubernetesClient client) {
        this.client = client;
    }

    /// @param args the node's files
    NodeHealth ask(Map<String, String> args, boolean controlPlane) throws InterruptedException {
        String apiServer = controlPlane ? apiServer(KubeletePorts.apiServer(args)) : "";
        URI proxy = URI.create("http://" + KubeletePorts.proxyMetrics(args));
        try {
            String config = proxyConfig(get(proxy.resolve("/configz")));
            return config != null
                    ? new NodeHealth(apiServer, config, null, "")
                    : new NodeHealth(apiServer, null, started(get(proxy.resolve("/metrics"))), "");
        } catch (IOException e) {
            return new NodeHealth(apiServer, null, null, proxy + ": " + Reasons.of(e));
        }
    }

    /// By the certificate and the account that the cluster's own address is asked with.
    private String apiServer(int port) {
        try (KubernetesClient local =
                new KubernetesClientBuilder()
                        .withConfig(
                                new ConfigBuilder(client.getConfiguration())
                                        .withMasterUrl("https://127.0.0.1:" + port)
                                        .withRequestTimeout((int) TIMEOUT.toMillis())
                                        .withRequestRetryBackoffLimit(0)
                                        .build())
                        .build()) {
            String answer = local.raw("/readyz");
            return answer != null && answer.strip().equals("ok") ? "" : "/readyz says " + answer;
        } catch (KubernetesClientException e) {
            return Reasons.of(e);
        }
    }

    /// kubelite is one process, so its components share what `/configz` shows.
    private static @Nullable String proxyConfig(@Nullable String body) {
        if (body == null) {
            return null;
        }
        try {
            JsonNode config = JSON.readTree(body).path("kubeproxy.config.k8s.io");
            return config.isMissingNode() ? null : config.toString();
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static @Nullable Instant started(@Nullable String metrics) {
        return metrics == null
                ? null
                : metrics.lines()
                        .filter(line -> line.startsWith(STARTED))
                        .map(line -> new BigDecimal(line.substring(STARTED.length()).strip()))
                        .map(seconds -> Instant.ofEpochSecond(seconds.longValue()))
                        .findFirst()
                        .orElse(null);
    }

    private @Nullable String get(URI uri) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(
                        HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(),
                        HttpResponse.BodyHandlers.ofString());
        return response.statusCode() == 200 ? response.body() : null;
    }
}
