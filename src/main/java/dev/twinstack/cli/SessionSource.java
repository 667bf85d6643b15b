package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.crd.BGPSession;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.operator.Reasons;
import dev.twinstack.operator.Unreadable;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Who knows about sessions: the process that is named, else one of this machine, else the
/// `BGPSession` objects that the speakers write, which is said.
final class SessionSource implements AutoCloseable {

    private static final String PATH = "/api/v1/sessions";

    private final ApiOptions options;
    private final PrintWriter remarks;
    private final ClusterAccess cluster;

    /// @param remarks where it is said that nobody answered
    SessionSource(ApiOptions options, PrintWriter remarks) {
        this.options = options;
        this.remarks = remarks;
        this.cluster = new ClusterAccess(options);
    }

    /// @throws FailedException with what was tried, and what to do
    JsonNode sessions() {
        if (options.url().isPresent()) {
            return of(new ApiClient(options.url().get()));
        }
        try {
            return of(new ApiClient(AddressSource.LOCAL));
        } catch (FailedException e) {
            return written(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode of(ApiClient process) {
        return process.find(PATH)
                .orElseThrow(() -> new FailedException(process.server() + " has no sessions"));
    }

    private JsonNode written(String notLocal) {
        List<BGPSessionStatus> statuses;
        try {
            statuses =
                    cluster
                            .client()
                            .resources(BGPSession.class)
                            .inNamespace(options.namespace())
                            .list()
                            .getItems()
                            .stream()
                            .filter(Unreadable::isReadable)
                            .map(BGPSession::getStatus)
                            .filter(Objects::nonNull)
                            .sorted(
                                    Comparator.comparing(
                                            status -> status.node() + "/" + status.peer()))
                            .toList();
        } catch (KubernetesClientException e) {
            throw new FailedException(
                    ("no process answers here (%s), and the BGPSession objects of namespace %s"
                                    + " can't be read: %s. Say where one is with --url,"
                                    + " --kubeconfig or --namespace")
                            .formatted(
                                    notLocal,
                                    options.namespace(),
                                    Reasons.of(e).lines().findFirst().orElse("")));
        }
        remarks.printf(
                "twinstack: no process answers here (%s). These are the BGPSession objects, as each"
                        + " speaker wrote them last: without counters of messages%n",
                notLocal);
        remarks.flush();
        return ApiJson.of(statuses);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
