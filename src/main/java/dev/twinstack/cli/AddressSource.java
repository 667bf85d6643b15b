package dev.twinstack.cli;

import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// Finds who knows about addresses: the process that is named, else this machine's controller or
/// the leader's Pod, else the objects of the cluster.
final class AddressSource implements AutoCloseable {

    static final String LOCAL = "http://127.0.0.1:7472";

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

    AddressAnswers answers() {
        if (options.url().isPresent()) {
            return new LeaderAnswers(new ApiClient(options.url().get()));
        }
        LeaderAnswers local = new LeaderAnswers(new ApiClient(LOCAL));
        String notLocal = local.whyNot();
        if (notLocal.isEmpty()) {
            return local;
        }
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
        } catch (KubernetesClientException | UncheckedIOException e) {
            notInCluster = Reasons.of(e).lines().findFirst().orElse("");
        }
        return ofCluster(
                "no leading controller answers (here: %s; in the cluster, namespace %s: %s)"
                        .formatted(notLocal, options.namespace(), notInCluster));
    }

    /// What the objects say, without asking anybody.
    ///
    /// @param because why
    ClusterAnswers ofCluster(String because) {
        return new ClusterAnswers(cluster, options.namespace(), lbClass.value(), because, remarks);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
