package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.observe.ControllerResource;
import dev.twinstack.observe.ExplainResource;
import dev.twinstack.observe.ExplanationItem;
import dev.twinstack.operator.ClusterControllerView;
import dev.twinstack.operator.ExplainAnswer;
import dev.twinstack.operator.Reasons;
import dev.twinstack.operator.speaker.ClusterRoutes;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/// What the objects of the cluster say, in the form of the API. Before each answer it is said that
/// it is such a one, and what it lacks.
///
/// @param because why no process is asked
/// @param remarks where that is said
record ClusterAnswers(
        ClusterAccess cluster,
        String namespace,
        String lbClass,
        String because,
        PrintWriter remarks)
        implements AddressAnswers {

    private static final String NO_BOOK = "it has no reservations, no times and no last decisions";

    @Override
    public JsonNode pools() {
        return answer(
                NO_BOOK,
                () ->
                        ApiJson.of(
                                view().pools().stream()
                                        .map(ControllerResource.PoolItem::of)
                                        .toList()));
    }

    @Override
    public JsonNode addresses() {
        return answer(
                NO_BOOK,
                () ->
                        ApiJson.of(
                                view().addresses().stream()
                                        .map(ExplainResource.AddressItem::of)
                                        .toList()));
    }

    @Override
    public JsonNode explain(String namespace, String service) {
        return answer(
                NO_BOOK,
                () ->
                        switch (view().explain(namespace, service)) {
                            case ExplainAnswer.Found(var explanation) ->
                                    ApiJson.of(ExplanationItem.of(explanation));
                            case ExplainAnswer.NoService _ ->
                                    throw new FailedException(
                                            "the cluster has no Service %s/%s"
                                                    .formatted(namespace, service));
                            case ExplainAnswer.LabelsUnknown _, ExplainAnswer.NotLeading _ ->
                                    throw new FailedException("not enough could be read");
                        });
    }

    @Override
    public JsonNode explainRoute(String prefix) {
        return answer(
                "who has a route is as the speakers wrote it last",
                () -> ApiJson.of(routesOfCluster().explain(IpPrefix.parseOrHost(prefix))));
    }

    /// Every route of every node.
    JsonNode routes() {
        return answer(
                "who has a route is as the speakers wrote it last",
                () -> ApiJson.of(routesOfCluster().routes()));
    }

    private ClusterControllerView view() {
        return ClusterControllerView.read(cluster.client(), namespace, lbClass);
    }

    private ClusterRoutes routesOfCluster() {
        return new ClusterRoutes(
                cluster.client(),
                namespace,
                Optional.of(lbClass).filter(text -> !text.isEmpty()),
                false);
    }

    private JsonNode answer(String lacks, Supplier<JsonNode> reading) {
        try {
            JsonNode answer = reading.get();
            remarks.printf(
                    "twinstack: %s. This is computed from the cluster's objects: %s%n",
                    because, lacks);
            remarks.flush();
            return answer;
        } catch (KubernetesClientException | UncheckedIOException | IllegalStateException e) {
            throw new FailedException(
                    ("%s, and the cluster does not tell: %s. Say where a process is with --url, or"
                                    + " where the cluster is with --kubeconfig and --namespace")
                            .formatted(because, Reasons.of(e).lines().findFirst().orElse("")));
        }
    }
}
