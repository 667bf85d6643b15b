package dev.twinstack.cli;

import dev.twinstack.operator.ClusterControllerView;
import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// Finds who knows about addresses: the process that is named, else this machine's controller or
/// the leader's Pod, else the objects of the cluster, which is said.
final class AddressSource implements AutoCloseable {

    private static final String LOCAL = "http://127.0.0.1:7472";
    private static final String LEADER_LABEL = "twinstack.dev/leader";

    private final ApiOptions options;
    private final ClassOption lbClass;
    private final PrintWriter remarks;
    private final ClusterAccess cluster;

    /// @param remarks where it is said that nobody answered
    AddressSource(ApiOptions options, ClassOption lbClass, PrintWriter remarks) {
        this.options = options;
        this.lbClass = lbClass;
        this.remarks = remarks;
        this.cluster = new ClusterAccess(options);
    }

    /// @throws FailedException with what was tried, and what to do
    AddressAnswers answers() {
        if (options.url().isPresent()) {
            return new LeaderAnswers(new ApiClient(options.url().get()));
        }
        LeaderAnswers local = new LeaderAnswers(new ApiClient(LOCAL));
        String notLocal = local.whyNot();
        if (notLocal.isEmpty()) {
            return local;
        }
        try {
            return leaderOrCluster(notLocal);
        } catch (KubernetesClientException | UncheckedIOException | IllegalStateException e) {
            throw new FailedException(
                    ("no leading controller answers, and the cluster does not tell. Here: %s. In the"
                                    + " cluster, namespace %s: %s. Start the controller, or say"
                                    + " where it is with --url, --kubeconfig or --namespace")
                            .formatted(notLocal, options.namespace(), reason(e)));
        }
    }

    private AddressAnswers leaderOrCluster(String notLocal) {
        String notInCluster = "no Pod has the label %s=true".formatted(LEADER_LABEL);
        try {
            List<Pod> leaders = cluster.pods(LEADER_LABEL, "true");
            if (!leaders.isEmpty()) {
                LeaderAnswers leader = new LeaderAnswers(cluster.api(leaders.getFirst()));
                notInCluster = leader.whyNot();
                if (notInCluster.isEmpty()) {
                    return leader;
                }
            }
        } catch (KubernetesClientException e) {
            notInCluster = reason(e);
        }
        AddressAnswers answers =
                new ClusterAnswers(
                        ClusterControllerView.read(
                                cluster.client(), options.namespace(), lbClass.value()));
        remarks.printf(
                "twinstack: no leading controller answers (here: %s; in the cluster: %s). This is"
                        + " computed from the cluster's objects: it has no reservations, no times"
                        + " and no last decisions%n",
                notLocal, notInCluster);
        remarks.flush();
        return answers;
    }

    private static String reason(Exception e) {
        return Reasons.of(e).lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        cluster.close();
    }
}
