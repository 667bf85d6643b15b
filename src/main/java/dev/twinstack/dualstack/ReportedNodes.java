package dev.twinstack.dualstack;

import dev.twinstack.crd.DualStackNode;
import dev.twinstack.crd.DualStackNodeSpec;
import dev.twinstack.crd.DualStackNodeSpec.Part;
import dev.twinstack.crd.DualStackNodeStatus;
import dev.twinstack.crd.DualStackNodeStatus.Stage;
import dev.twinstack.dualstack.FindingsReader.NodeFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Findings from what node-config reports.
public final class ReportedNodes {

    private ReportedNodes() {}

    /// The files of the nodes that have reported.
    public static Map<String, NodeFiles> files(List<DualStackNode> nodes) {
        Map<String, NodeFiles> files = new TreeMap<>();
        for (DualStackNode node : nodes) {
            DualStackNodeStatus status = node.getStatus();
            if (status != null) {
                files.put(
                        node.getMetadata().getName(),
                        new NodeFiles(status.files(), facts(status.facts())));
            }
        }
        return files;
    }

    /// The reports by the name of the node; API servers are not asked.
    public static Map<String, NodeReport> reports(List<DualStackNode> nodes) {
        Map<String, NodeReport> reports = new TreeMap<>();
        nodes.forEach(node -> reports.put(node.getMetadata().getName(), NodeReport.of(node, null)));
        return reports;
    }

    public static ClusterFindings findings(ClusterObjects objects, List<DualStackNode> nodes) {
        return FindingsReader.read(objects, files(nodes));
    }

    /// Whether the node says that its API server runs with what was ordered.
    public static boolean isInForceOnControlPlane(DualStackNode node) {
        DualStackNodeSpec order = node.getSpec();
        DualStackNodeStatus status = node.getStatus();
        return order != null
                && status != null
                && order.controlPlane()
                && order.parts().contains(Part.ARGUMENTS)
                && status.stage() == Stage.IN_FORCE;
    }

    /// Where the node's own API server answers, like `https://192.0.2.11:16443`.
    public static Optional<String> apiServer(DualStackNode node) {
        DualStackNodeSpec order = node.getSpec();
        DualStackNodeStatus status = node.getStatus();
        if (order == null || status == null) {
            return Optional.empty();
        }
        return order.addresses().stream()
                .filter(address -> !address.contains(":"))
                .findFirst()
                .or(() -> order.addresses().stream().findFirst())
                .map(address -> address.contains(":") ? "[" + address + "]" : address)
                .map(host ->
                        "https://%s:%d".formatted(host, KubeletePorts.apiServer(status.files())));
    }

    /// What can't be read counts as not seen, which fails closed.
    private static @Nullable NodeFacts facts(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return FactsText.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
