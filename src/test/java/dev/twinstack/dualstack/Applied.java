package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Findings as they are when the edits of a plan have been made.
final class Applied {

    private Applied() {}

    static ClusterFindings to(ClusterFindings findings, Plan.Steps plan) {
        List<JsonNode> objects = new ArrayList<>(findings.objects().all());
        Map<String, Map<String, String>> files = new TreeMap<>();
        for (Step step : plan.steps()) {
            switch (step) {
                case Step.FileEdit edit ->
                        files.computeIfAbsent(edit.node(), node -> new TreeMap<>())
                                .put(edit.path(), edit.after());
                case Step.ObjectEdit edit -> {
                    objects.removeIf(object -> Step.ObjectName.of(object).equals(edit.object()));
                    if (edit.after() != null) {
                        objects.add(edit.after());
                    }
                }
                case Step.Task _ -> {}
            }
        }
        return new ClusterFindings(
                findings.nodes().stream()
                        .map(node -> with(node, files.getOrDefault(node.name(), Map.of())))
                        .toList(),
                new ClusterObjects(objects));
    }

    private static NodeFindings with(NodeFindings node, Map<String, String> changed) {
        Map<String, String> args = new TreeMap<>(node.args());
        args.putAll(changed);
        args.values().removeIf(String::isEmpty);
        return new NodeFindings(
                node.name(),
                node.version(),
                node.microk8s(),
                node.controlPlane(),
                node.addresses(),
                args,
                node.facts());
    }
}
