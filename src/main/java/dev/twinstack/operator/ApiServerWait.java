package dev.twinstack.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.net.HttpURLConnection;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits until the API server answers, with one line per new reason why it does not.
final class ApiServerWait {

    private static final Logger log = LoggerFactory.getLogger(ApiServerWait.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final RequestConfig ONE_TRY =
            new RequestConfigBuilder()
                    .withRequestTimeout(5_000)
                    .withRequestRetryBackoffLimit(0)
                    .build();

    private final KubernetesClient client;

    ApiServerWait(KubernetesClient client) {
        this.client = client;
    }

    void await() throws InterruptedException {
        String lastReason = "";
        Duration pause = FIRST_PAUSE;
        while (true) {
            String reason = whyNot();
            if (reason.isEmpty()) {
                log.atInfo().addKeyValue("server", client.getMasterUrl()).log("API server answers");
                return;
            }
            if (!reason.equals(lastReason)) {
                log.atWarn()
                        .addKeyValue("server", client.getMasterUrl())
                        .addKeyValue("reason", reason)
                        .log("API server does not answer, trying again");
                lastReason = reason;
            }
            Thread.sleep(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }

    /// Empty when the server answers.
    private String whyNot() {
        try {
            client.newClient(ONE_TRY).raw("/version");
            return "";
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_UNAUTHORIZED ->
                        "it refuses the credentials (401); check the kubeconfig or the service"
                                + " account's token";
                case HttpURLConnection.HTTP_FORBIDDEN -> "it forbids GET /version (403)";
                default -> Reasons.of(e);
            };
        }
    }
}
