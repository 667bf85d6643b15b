package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.dualstack.Step.FileEdit;
import dev.twinstack.dualstack.Step.ObjectEdit;
import dev.twinstack.dualstack.Step.ObjectName;
import dev.twinstack.dualstack.Step.Restart;
import dev.twinstack.dualstack.calico.CalicoPatches;
import dev.twinstack.dualstack.calico.CniManifest;
import dev.twinstack.dualstack.calico.NetworkConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Calico's manifest on each control-plane node and the objects made from it.
final class CalicoEdits {

    private static final String METHOD = "IP6_AUTODETECTION_METHOD";

    private CalicoEdits() {}

    /// `cni.yaml` itself: MicroK8s applies it again when a node joins.
    static List<FileEdit> files(ClusterFindings findings, Map<String, String> environment) {
        return findings.controlPlane().flatMap(node -> file(node, environment).stream()).toList();
    }

    /// What `kubectl apply` of that file changes in the cluster.
    static List<ObjectEdit> objects(ClusterObjects objects, Map<String, String> environment) {
        return Stream.of(configMap(objects), daemonSet(objects, environment))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<FileEdit> file(NodeFindings node, Map<String, String> environment) {
        String before = node.text(NodeFindings.CNI_YAML);
        CniManifest manifest =
                new CniManifest(before)
                        .withNetworkConfig(text -> NetworkConfig.assigning(text, true, true));
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            manifest = manifest.withVariable(variable.getKey(), variable.getValue());
        }
        return manifest.text().equals(before)
                ? Optional.empty()
                : Optional.of(
                        new FileEdit(
                                Phase.CALICO,
                                node.name(),
                                NodeFindings.CNI_YAML,
                                before,
                                manifest.text(),
                                "MicroK8s applies this file again when a node joins: what stands"
                                        + " only in the cluster is undone then",
                                Restart.NONE));
    }

    private static Optional<ObjectEdit> configMap(ClusterObjects objects) {
        return CalicoCheck.configMap(objects)
                .flatMap(map -> {
                    String config = map.at("/data/cni_network_config").asText();
                    ObjectNode after = map.deepCopy();
                    ((ObjectNode) after.path("data"))
                            .put("cni_network_config", NetworkConfig.assigning(config, true, true));
                    return edit(map, after, "new pods are given an address of each family");
                });
    }

    private static Optional<ObjectEdit> daemonSet(
            ClusterObjects objects, Map<String, String> environment) {
        return CalicoCheck.daemonSet(objects)
                .flatMap(daemonSet -> {
                    ObjectNode after = daemonSet.deepCopy();
                    environment.forEach((name, value) -> set(environment(after), name, value));
                    return edit(
                            daemonSet,
                            after,
                            "calico-node finds its IPv6 address and carries IPv6; the change rolls"
                                    + " it, and each new pod writes the CNI configuration anew");
                });
    }

    private static Optional<ObjectEdit> edit(JsonNode before, JsonNode after, String why) {
        return after.equals(before)
                ? Optional.empty()
                : Optional.of(
                        new ObjectEdit(
                                Phase.CALICO,
                                ObjectName.of(before),
                                before,
                                after,
                                why,
                                Restart.CALICO_NODE));
    }

    /// The variables of the container calico-node in a DaemonSet, to be changed in place.
    static ArrayNode environment(ObjectNode daemonSet) {
        for (JsonNode container : daemonSet.at("/spec/template/spec/containers")) {
            if (container.path("name").asText().equals("calico-node")) {
                return ((ObjectNode) container).withArray("env");
            }
        }
        return daemonSet.arrayNode();
    }

    static void set(ArrayNode environment, String name, String value) {
        for (JsonNode entry : environment) {
            if (entry.path("name").asText().equals(name)) {
                ObjectNode variable = (ObjectNode) entry;
                variable.remove("valueFrom");
                variable.put("value", value);
                return;
            }
        }
        environment.addObject().put("name", name).put("value", value);
    }

    /// What to tell calico-node. How it finds its address stays as found, unless that is for IPv4:
    /// a node that joins has `can-reach=<IPv4>` put in for both families.
    static Map<String, String> environment(
            ClusterFindings findings, CalicoPatches.Values values, boolean methodWanted) {
        Map<String, String> environment = CalicoPatches.environment(values);
        if (!methodWanted) {
            method(findings).ifPresent(method -> environment.put(METHOD, method));
        }
        return environment;
    }

    private static Optional<String> method(ClusterFindings findings) {
        Stream<String> inFiles =
                findings.controlPlane()
                        .flatMap(node ->
                                new CniManifest(node.text(NodeFindings.CNI_YAML))
                                        .variable(METHOD).stream());
        return inFiles.filter(method -> !method.matches("can-reach=[0-9.]+")).findFirst();
    }
}
