package dev.twinstack.dualstack;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// All that a plan is made from.
///
/// @param nodes by name
public record ClusterFindings(List<NodeFindings> nodes, ClusterObjects objects) {

    public ClusterFindings {
        nodes = nodes.stream().sorted(Comparator.comparing(NodeFindings::name)).toList();
    }

    Stream<NodeFindings> controlPlane() {
        return nodes.stream().filter(NodeFindings::controlPlane);
    }

    Stream<NodeFindings> workers() {
        return nodes.stream().filter(node -> !node.controlPlane());
    }

    NodeFindings node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
    }
}
