package dev.twinstack.dualstack;

import dev.twinstack.crd.DualStackSpec;
import dev.twinstack.dualstack.Plan.Goal;
import dev.twinstack.dualstack.Step.FileEdit;
import dev.twinstack.dualstack.Step.ObjectEdit;
import dev.twinstack.dualstack.calico.CalicoPatches;
import dev.twinstack.dualstack.calico.CniManifest;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says what has to be done to a MicroK8s cluster, and in which order, so that it has both
/// families; or why that can't be. A cluster that is converted needs nothing, one that is half
/// converted needs the rest. Pure.
public final class DualStackPlanner {

    private static final IpPrefix UNIQUE_LOCAL = IpPrefix.parse("fc00::/7");

    private DualStackPlanner() {}

    /// The way from single-stack to dual-stack.
    public static Plan plan(ClusterFindings findings, DualStackSpec wanted) {
        Optional<Refusal> distribution = DistributionCheck.check(findings.nodes());
        if (distribution.isPresent()) {
            return new Plan.Refused(List.of(distribution.get()));
        }
        RangeResolver resolver = new RangeResolver(findings);
        Optional<Ranges> ranges = resolver.resolve(wanted);
        List<Refusal> refusals = new ArrayList<>(CalicoCheck.check(findings.objects()));
        refusals.addAll(resolver.refusals());
        ranges.ifPresent(found -> refusals.addAll(RangeChecks.check(findings, found)));
        Plan.Steps steps =
                refusals.isEmpty() && ranges.isPresent() && isReadable(findings)
                        ? steps(findings, wanted, ranges.get())
                        : null;
        if (steps != null && steps.isEmpty()) {
            return steps;
        }
        findings.nodes()
                .forEach(node -> refusals.addAll(NodeChecks.of(node, wanted.kubeletNodeIP())));
        return steps == null || !refusals.isEmpty() ? new Plan.Refused(refusals) : steps;
    }

    /// The way back from dual-stack to single-stack.
    ///
    /// @param backup how it was
    /// @param force whether what needs IPv6 is changed or deleted all the same
    public static Plan undo(ClusterFindings findings, Backup backup, boolean force) {
        return new UndoPlanner(findings, backup, force).plan();
    }

    private static boolean isReadable(ClusterFindings findings) {
        return findings.controlPlane()
                .allMatch(node -> new CniManifest(node.text(NodeFindings.CNI_YAML)).isCalico());
    }

    private static Plan.Steps steps(ClusterFindings findings, DualStackSpec wanted, Ranges ranges) {
        CalicoPatches.Values values = values(findings, wanted, ranges);
        Map<String, String> environment = environment(findings, wanted, ranges);
        List<Step> steps = new ArrayList<>();
        PoolEdit.plan(findings.objects(), values).ifPresent(steps::add);
        calico(findings, environment, steps);
        findings.controlPlane().forEach(node -> arguments(node, wanted, ranges, steps));
        findings.workers().forEach(node -> arguments(node, wanted, ranges, steps));
        findings.nodes().forEach(node -> HostTasks.firewall(node).ifPresent(steps::add));
        PodTasks.recreate(findings.objects(), true).ifPresent(steps::add);
        if (steps.isEmpty()) {
            return new Plan.Steps(Goal.DUAL_STACK, ranges, List.of(), List.of());
        }
        steps.addAll(0, backups(findings, steps));
        steps.add(HostTasks.verify(ranges, hasServiceCidr(findings)));
        return new Plan.Steps(Goal.DUAL_STACK, ranges, steps, PlanNotes.of(findings, ranges));
    }

    /// The variables of calico-node, as they are to be everywhere.
    static Map<String, String> environment(
            ClusterFindings findings, DualStackSpec wanted, Ranges ranges) {
        return CalicoEdits.environment(
                findings, values(findings, wanted, ranges), wanted.ipv6Autodetection() != null);
    }

    private static void calico(
            ClusterFindings findings, Map<String, String> environment, List<Step> steps) {
        List<FileEdit> files = CalicoEdits.files(findings, environment);
        List<ObjectEdit> objects = CalicoEdits.objects(findings.objects(), environment);
        steps.addAll(files);
        steps.addAll(objects);
        if (!objects.isEmpty()) {
            steps.add(HostTasks.calicoReady());
        }
    }

    private static void arguments(
            NodeFindings node, DualStackSpec wanted, Ranges ranges, List<Step> steps) {
        List<FileEdit> edits = ArgumentEdits.of(node, ranges, wanted.kubeletNodeIP());
        steps.addAll(edits);
        if (edits.stream().anyMatch(edit -> edit.restarts() == Step.Restart.KUBELITE)) {
            steps.add(HostTasks.restart(node));
        }
    }

    /// Of everything, for the way back needs also what is in line already.
    private static List<Step> backups(ClusterFindings findings, List<Step> steps) {
        if (steps.stream().allMatch(Step.Task.class::isInstance)) {
            return List.of();
        }
        List<Step> backups = new ArrayList<>();
        findings.nodes().forEach(node -> HostTasks.backup(node).ifPresent(backups::add));
        backups.add(HostTasks.backupObjects());
        return backups;
    }

    private static CalicoPatches.Values values(
            ClusterFindings findings, DualStackSpec wanted, Ranges ranges) {
        Boolean nat = wanted.natOutgoing();
        String method = wanted.ipv6Autodetection();
        return new CalicoPatches.Values(
                ranges.podsIpv6().toString(),
                CalicoCheck.vxlanMode(findings.objects()),
                nat == null ? UNIQUE_LOCAL.contains(ranges.podsIpv6()) : nat,
                method == null ? "first-found" : method);
    }

    static boolean hasServiceCidr(ClusterFindings findings) {
        return findings.nodes().stream()
                .map(node -> KubernetesVersion.parse(node.version()))
                .flatMap(Optional::stream)
                .anyMatch(version -> version.isAtLeast(KubernetesVersion.SERVICE_CIDR));
    }
}
