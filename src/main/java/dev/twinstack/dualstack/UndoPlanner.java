package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.crd.DualStackSpec;
import dev.twinstack.dualstack.Step.Doer;
import dev.twinstack.dualstack.Step.FileEdit;
import dev.twinstack.dualstack.Step.ObjectEdit;
import dev.twinstack.dualstack.Step.ObjectName;
import dev.twinstack.dualstack.Step.Restart;
import dev.twinstack.dualstack.Step.Task;
import dev.twinstack.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The way back: Services while the cluster still has both families, then the flags, then Calico,
/// and the pool when no pod is left in it.
final class UndoPlanner {

    private final ClusterFindings findings;
    private final Backup backup;
    private final boolean force;

    UndoPlanner(ClusterFindings findings, Backup backup, boolean force) {
        this.findings = findings;
        this.backup = backup;
        this.force = force;
    }

    Plan plan() {
        Optional<Refusal> distribution = DistributionCheck.check(findings.nodes());
        if (distribution.isPresent()) {
            return new Plan.Refused(List.of(distribution.get()));
        }
        RangeResolver resolver = new RangeResolver(findings);
        Optional<Ranges> ranges = resolver.resolve(DualStackSpec.DEFAULT);
        List<Refusal> refusals = new ArrayList<>(resolver.refusals());
        UndoServices services = new UndoServices(findings.objects(), force);
        refusals.addAll(services.refusals());
        findings.nodes().stream()
                .filter(node -> !backup.args().containsKey(node.name()))
                .forEach(node ->
                        refusals.add(
                                Refusal.ofNode(
                                        node.name(),
                                        "there is no backup of its files",
                                        "take the backup of a node with the same role",
                                        "ls %s   # on %s"
                                                .formatted(NodeDirectory.BACKUPS, node.name()))));
        return refusals.isEmpty() && ranges.isPresent()
                ? steps(services, ranges.get())
                : new Plan.Refused(refusals);
    }

    private Plan steps(UndoServices services, Ranges ranges) {
        List<Step> steps = new ArrayList<>(services.edits());
        Stream.concat(findings.controlPlane(), findings.workers())
                .forEach(node -> arguments(node, steps));
        serviceCidr(ranges).ifPresent(steps::add);
        UndoCalico calico = new UndoCalico(findings, backup);
        List<Step> calicoEdits = calico.edits();
        steps.addAll(calicoEdits);
        if (calicoEdits.stream().anyMatch(ObjectEdit.class::isInstance)) {
            steps.add(HostTasks.calicoReady());
        }
        PodTasks.recreate(findings.objects(), false).ifPresent(steps::add);
        pools().forEach(steps::add);
        if (!steps.isEmpty()) {
            findings.nodes().forEach(node -> HostTasks.closeFirewall(node).ifPresent(steps::add));
        }
        return new Plan.Steps(
                Plan.Goal.SINGLE_STACK, ranges, steps, steps.isEmpty() ? List.of() : NOTES);
    }

    private static final List<String> NOTES =
            List.of(
                    "Leaving the cluster dual-stack costs nothing and is what we recommend: Services"
                            + " of one family work there as before.",
                    "An API server of one family refuses every change of a Service that still has two"
                            + " cluster IPs, even of an annotation. So the Services come first, and no"
                            + " one may create another while this runs.");

    private void arguments(NodeFindings node, List<Step> steps) {
        List<FileEdit> edits =
                UndoArguments.of(node, backup.args().getOrDefault(node.name(), Map.of()));
        steps.addAll(edits);
        if (edits.stream().anyMatch(edit -> edit.restarts() == Restart.KUBELITE)) {
            steps.add(HostTasks.restart(node));
        }
    }

    /// The API server widens this object by itself, but never narrows it.
    private Optional<Step> serviceCidr(Ranges ranges) {
        return findings.objects()
                .find("networking.k8s.io", "ServiceCIDR", "", "kubernetes")
                .filter(object -> object.at("/spec/cidrs").size() > 1)
                .map(object ->
                        new Task(
                                Phase.SERVICE_CIDR,
                                "",
                                "Have the API servers make ServiceCIDR kubernetes anew, with %s alone"
                                        .formatted(ranges.servicesIpv4()),
                                List.of(
                                        "kubectl delete servicecidr kubernetes --wait=false",
                                        "kubectl patch servicecidr kubernetes --type=merge -p"
                                                + " '{\"metadata\":{\"finalizers\":null}}'"
                                                + "   # only if it stays Terminating"),
                                "the API servers widen it by themselves but refuse to narrow it; they"
                                        + " create it from their flags when it is missing",
                                Doer.PROGRAM));
    }

    private Stream<Step> pools() {
        return findings.objects()
                .of(PoolEdit.GROUP, "IPPool")
                .filter(pool ->
                        PoolEdit.range(pool)
                                .filter(range -> range.family() == IpFamily.IPV6)
                                .isPresent())
                .filter(pool ->
                        backup.objects()
                                .find(PoolEdit.GROUP, "IPPool", "", ClusterObjects.name(pool))
                                .isEmpty())
                .map(UndoPlanner::delete);
    }

    private static Step delete(JsonNode pool) {
        return new ObjectEdit(
                Phase.IP_POOL,
                ObjectName.of(pool),
                pool,
                null,
                "it was not there before; last, when no pod has an address of it any more",
                Restart.NONE);
    }
}
