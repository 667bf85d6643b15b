package dev.twinstack.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.twinstack.crd.DualStack;
import dev.twinstack.crd.DualStackStatus;
import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Follows a roll-out until it ends, and tells it line by line.
final class DualStackFollow {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final DualStackConnection cluster;
    private final PrintWriter out;
    private final boolean json;

    DualStackFollow(DualStackConnection cluster, PrintWriter out, boolean json) {
        this.cluster = cluster;
        this.out = out;
        this.json = json;
    }

    /// @return the exit code
    int follow(DualStack wish, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        @Nullable DualStackStatus last = null;
        boolean away = false;
        while (System.nanoTime() < end) {
            Optional<DualStackStatus> status = Optional.empty();
            try {
                status = cluster.statusOf(wish);
                away = false;
            } catch (KubernetesClientException e) {
                if (!away) {
                    say(
                            "(the API server is away: %s; so it is while the only control-plane node restarts)"
                                    .formatted(Reasons.of(e)));
                }
                away = true;
            }
            if (status.isPresent()) {
                DualStackStatus now = status.get();
                DualStackProgress.news(last, now).forEach(this::say);
                last = now;
                Optional<Integer> code = DualStackProgress.end(now);
                if (code.isPresent()) {
                    print(now);
                    return code.get();
                }
            }
            pause();
        }
        throw new FailedException(
                last == null
                        ? "no controller has looked at it in %d s; is one leading? kubectl get lease -n metallb-system twinstack-controller"
                                .formatted(timeout.toSeconds())
                        : "not done in %d s; it goes on: twinstack dualstack status"
                                .formatted(timeout.toSeconds()));
    }

    void print(DualStackStatus status) {
        try {
            out.print(
                    json ? JSON.writeValueAsString(status) + "\n" : DualStackProgress.toDo(status));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        out.flush();
    }

    private void say(String line) {
        if (!json) {
            out.println(line);
            out.flush();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted; it goes on: twinstack dualstack status");
        }
    }
}
