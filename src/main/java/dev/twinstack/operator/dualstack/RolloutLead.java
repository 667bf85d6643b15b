package dev.twinstack.operator.dualstack;

import dev.twinstack.crd.DualStack;
import dev.twinstack.crd.DualStackNode;
import dev.twinstack.crd.DualStackSpec;
import dev.twinstack.crd.DualStackStatus;
import dev.twinstack.dualstack.ClusterFindings;
import dev.twinstack.dualstack.ClusterObjects;
import dev.twinstack.dualstack.NodeReport;
import dev.twinstack.dualstack.ReportedNodes;
import dev.twinstack.dualstack.Rollout;
import dev.twinstack.dualstack.RolloutAction;
import dev.twinstack.dualstack.RolloutPhase;
import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One look at the wish, and what follows from it. Keeps nothing between two looks that matters:
/// another leader goes on from the objects. For one thread.
final class RolloutLead {

    private static final Logger log = LoggerFactory.getLogger(RolloutLead.class);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final RolloutCluster cluster;
    private final BooleanSupplier leads;
    private final InstantSource clock;

    RolloutLead(RolloutCluster cluster, BooleanSupplier leads, InstantSource clock) {
        this.cluster = cluster;
        this.leads = leads;
        this.clock = clock;
    }

    /// Blocks. @return when to look again
    Duration once() {
        Optional<DualStack> wish = cluster.wish();
        if (wish.isEmpty()) {
            return IDLE;
        }
        try {
            return lead(wish.get());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                cluster.writeStatus(
                        wish.get(),
                        StatusText.forbidden(wish.get(), Reasons.of(e), clock.instant()));
            }
            throw e;
        }
    }

    private Duration lead(DualStack wish) {
        List<DualStackNode> nodes = cluster.nodes();
        ClusterObjects objects = cluster.objects();
        ClusterFindings findings = ReportedNodes.findings(objects, nodes);
        DualStackSpec wanted = wish.getSpec() == null ? DualStackSpec.DEFAULT : wish.getSpec();
        Rollout.Progress before = StatusText.progress(wish, clock.instant());
        Rollout.Turn turn =
                Rollout.next(
                        new Rollout.Situation(
                                wanted,
                                generation(wish),
                                findings,
                                cluster.backup(),
                                reports(nodes, wanted, before.phase()),
                                before,
                                clock.instant()));
        tell(before, turn.progress());
        // Said before it is done, so that people see why something happens.
        DualStackStatus status = StatusText.of(wish, turn, nodes, clock.instant());
        cluster.writeStatus(wish, status);
        for (RolloutAction action : turn.actions()) {
            if (!leads.getAsBoolean()) {
                return SOON;
            }
            cluster.carryOut(action, objects);
        }
        RolloutPhase phase = turn.progress().phase();
        return phase.isUnderWay() || !turn.actions().isEmpty() || phase == RolloutPhase.LOOKING
                ? SOON
                : IDLE;
    }

    private Map<String, NodeReport> reports(
            List<DualStackNode> nodes, DualStackSpec wanted, RolloutPhase phase) {
        Map<String, NodeReport> reports = new TreeMap<>();
        boolean dual = wanted.mode() != DualStackSpec.Mode.UNDO;
        for (DualStackNode node : nodes) {
            String serving =
                    phase.isUnderWay() && ReportedNodes.isInForceOnControlPlane(node)
                            ? cluster.serving(node, dual)
                            : null;
            reports.put(node.getMetadata().getName(), NodeReport.of(node, serving));
        }
        return reports;
    }

    private static void tell(Rollout.Progress before, Rollout.Progress now) {
        if (before.phase() != now.phase() || !before.message().equals(now.message())) {
            log.atInfo()
                    .addKeyValue("phase", now.phase())
                    .addKeyValue("message", now.message())
                    .log("Dual-stack roll-out");
        }
    }

    private static long generation(DualStack wish) {
        Long generation = wish.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }
}
