package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes findings from the objects of a cluster and from what was read on its nodes.
public final class FindingsReader {

    private static final String LABEL = "microk8s.io/cluster";
    private static final String CONTROL_PLANE = "node.kubernetes.io/microk8s-controlplane";

    private FindingsReader() {}

    /// What was read on one node.
    ///
    /// @param args files below `args/` by their path there
    public record NodeFiles(Map<String, String> args, @Nullable NodeFacts facts) {

        static final NodeFiles NONE = new NodeFiles(Map.of(), null);
    }

    /// @param files by the name of the node; nodes without are known by their objects alone
    public static ClusterFindings read(ClusterObjects objects, Map<String, NodeFiles> files) {
        List<NodeFindings> nodes =
                objects.of("", "Node")
                        .map(node ->
                                read(
                                        node,
                                        Optional.ofNullable(files.get(ClusterObjects.name(node)))
                                                .orElse(NodeFiles.NONE)))
                        .toList();
        return new ClusterFindings(nodes, objects);
    }

    private static NodeFindings read(JsonNode node, NodeFiles files) {
        JsonNode labels = node.at("/metadata/labels");
        return new NodeFindings(
                ClusterObjects.name(node),
                node.at("/status/nodeInfo/kubeletVersion").asText(),
                labels.path(LABEL).asText().equals("true"),
                labels.has(CONTROL_PLANE),
                addresses(node),
                files.args(),
                files.facts());
    }

    /// A node may name what is no address; it is of no use to us.
    private static List<IpAddress> addresses(JsonNode node) {
        return node.at("/status/addresses")
                .valueStream()
                .filter(address -> address.path("type").asText().endsWith("IP"))
                .flatMap(address -> address(address.path("address").asText()).stream())
                .toList();
    }

    private static Optional<IpAddress> address(String text) {
        try {
            return Optional.of(IpAddress.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
