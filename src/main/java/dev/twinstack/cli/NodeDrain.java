package dev.twinstack.cli;

import dev.twinstack.crd.BGPSession;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.crd.Twinstack;
import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A node's drain as the API has it: asked for by an annotation of the Node, answered in the
/// `BGPSession` objects of its speaker. What goes wrong is a [FailedException] of one line.
final class NodeDrain implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final String DRAINED = "Drained";

    private final KubernetesClient client;
    private final String namespace;
    private final String node;

    private NodeDrain(KubernetesClient client, String namespace, String node) {
        this.client = client;
        this.namespace = namespace;
        this.node = node;
    }

    static NodeDrain of(ClusterOptions options, String node) {
        return new NodeDrain(options.client(), options.namespace(), node);
    }

    /// @param reason what the routers are told; `null` takes the drain back
    void ask(@Nullable String reason) {
        Map<String, @Nullable String> annotations =
                Collections.singletonMap(Twinstack.DRAIN, reason);
        String patch = Serialization.asJson(Map.of("metadata", Map.of("annotations", annotations)));
        attempt(() ->
                client.resource(
                                new NodeBuilder()
                                        .withNewMetadata()
                                        .withName(node)
                                        .endMetadata()
                                        .build())
                        .patch(PatchContext.of(PatchType.JSON_MERGE), patch));
    }

    /// Waits until all sessions of the node say that they are drained, or not any more.
    ///
    /// @param news hears of each that has got there
    /// @return those that have not
    List<BGPSessionStatus> await(boolean undone, Duration timeout, Consumer<String> news) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Set<String> said = new HashSet<>();
        while (true) {
            List<BGPSessionStatus> sessions = attempt(this::sessions);
            sessions.forEach(session -> {
                String line = DrainCommand.line(session);
                if (said.add(line)) {
                    news.accept(line);
                }
            });
            List<BGPSessionStatus> left =
                    sessions.stream().filter(session -> !isThere(session, undone)).toList();
            if (left.isEmpty() || System.nanoTime() >= deadline) {
                return left;
            }
            pause();
        }
    }

    private static boolean isThere(BGPSessionStatus session, boolean undone) {
        return undone ? session.drain() == null : DRAINED.equals(session.drain());
    }

    private List<BGPSessionStatus> sessions() {
        return client.resources(BGPSession.class).inNamespace(namespace).list().getItems().stream()
                .map(BGPSession::getStatus)
                .filter(Objects::nonNull)
                .filter(status -> node.equals(status.node()))
                .toList();
    }

    private <T> T attempt(Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                throw new FailedException(
                        "there is no node %s; kubectl get nodes shows them".formatted(node));
            }
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                throw new FailedException(
                        "not allowed: it takes the right to patch nodes, and to list"
                                + " bgpsessions.twinstack.dev in "
                                + namespace);
            }
            throw new FailedException(
                    "the API server says: " + Reasons.of(e).lines().findFirst().orElse("nothing"));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
