package dev.twinstack.dualstack;

import dev.twinstack.crd.DualStackNodeSpec;
import dev.twinstack.crd.DualStackStatus.RangesInForce;
import dev.twinstack.dualstack.Step.FileEdit;
import dev.twinstack.dualstack.calico.CalicoPatches;
import dev.twinstack.dualstack.calico.CniManifest;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an order means for the files of the node that has it. The same edits as those of the plan:
/// the leader says values, and each node makes its own files from them.
final class NodeEdits {

    private final DualStackNodeSpec order;
    private final NodeFindings node;
    private final Backup backup;

    /// @param args the node's files as they are
    /// @param backup the node's files as they were
    NodeEdits(
            String name,
            DualStackNodeSpec order,
            Map<String, String> args,
            Map<String, String> backup,
            @Nullable NodeFacts facts) {
        this.order = order;
        this.node =
                new NodeFindings(
                        name,
                        "",
                        true,
                        order.controlPlane(),
                        order.addresses().stream().map(IpAddress::parse).toList(),
                        args,
                        facts);
        this.backup = new Backup(Map.of(name, backup), new ClusterObjects(List.of()));
    }

    /// The ranges of an order, if it names all four.
    ///
    /// @throws IllegalArgumentException if one is none
    static Optional<Ranges> ranges(DualStackNodeSpec order) {
        RangesInForce named = order.ranges();
        if (named == null
                || named.podsIPv4() == null
                || named.podsIPv6() == null
                || named.servicesIPv4() == null
                || named.servicesIPv6() == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Ranges(
                        IpPrefix.parse(named.podsIPv4()),
                        IpPrefix.parse(named.podsIPv6()),
                        IpPrefix.parse(named.servicesIPv4()),
                        IpPrefix.parse(named.servicesIPv6())));
    }

    /// The launch configuration for the flags and `cni-env`, or nothing if all is as ordered.
    Optional<String> arguments(Ranges ranges, List<String> extraSans) {
        List<FileEdit> edits =
                switch (goal()) {
                    case DUAL_STACK -> ArgumentEdits.of(node, ranges, order.kubeletNodeIP());
                    case SINGLE_STACK ->
                            UndoArguments.of(
                                    node, backup.args().getOrDefault(node.name(), Map.of()));
                };
        return LaunchConfiguration.ofArguments(plan(ranges, edits), node.name(), extraSans);
    }

    /// The same for Calico's manifest, which a worker has none of.
    Optional<String> manifest(Ranges ranges, List<String> extraSans) {
        if (!node.controlPlane() || !new CniManifest(node.text(NodeFindings.CNI_YAML)).isCalico()) {
            return Optional.empty();
        }
        ClusterFindings alone = new ClusterFindings(List.of(node), new ClusterObjects(List.of()));
        List<FileEdit> edits =
                switch (goal()) {
                    case DUAL_STACK -> CalicoEdits.files(alone, environment(ranges));
                    case SINGLE_STACK ->
                            new UndoCalico(alone, backup)
                                    .edits().stream()
                                            .flatMap(step ->
                                                    step instanceof FileEdit edit
                                                            ? Stream.of(edit)
                                                            : Stream.empty())
                                            .toList();
                };
        return LaunchConfiguration.ofManifest(plan(ranges, edits), node.name(), extraSans);
    }

    private DualStackNodeSpec.Goal goal() {
        DualStackNodeSpec.Goal goal = order.goal();
        return goal == null ? DualStackNodeSpec.Goal.DUAL_STACK : goal;
    }

    /// Only variables that the patches know, in their order.
    private Map<String, String> environment(Ranges ranges) {
        Map<String, String> known =
                CalicoPatches.environment(
                        new CalicoPatches.Values(
                                ranges.podsIpv6().toString(), "Always", true, "first-found"));
        Map<String, String> ordered = new LinkedHashMap<>();
        known.forEach(
                (name, value) -> ordered.put(name, order.environment().getOrDefault(name, value)));
        return ordered;
    }

    private Plan.Steps plan(Ranges ranges, List<FileEdit> edits) {
        Plan.Goal goal =
                switch (goal()) {
                    case DUAL_STACK -> Plan.Goal.DUAL_STACK;
                    case SINGLE_STACK -> Plan.Goal.SINGLE_STACK;
                };
        return new Plan.Steps(goal, ranges, List.copyOf(edits), List.of());
    }
}
