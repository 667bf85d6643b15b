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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Calico's manifest and objects as they were, but for what the user has changed since.
final class UndoCalico {

    private static final Set<String> VARIABLES =
            CalicoPatches.environment(
                            new CalicoPatches.Values("fd01::/64", "Always", true, "first-found"))
                    .keySet();

    private final ClusterFindings findings;
    private final Backup backup;

    UndoCalico(ClusterFindings findings, Backup backup) {
        this.findings = findings;
        this.backup = backup;
    }

    List<Step> edits() {
        List<Step> edits = new ArrayList<>();
        findings.controlPlane().forEach(node -> file(node).ifPresent(edits::add));
        configMap().ifPresent(edits::add);
        daemonSet().ifPresent(edits::add);
        return edits;
    }

    private Optional<FileEdit> file(NodeFindings node) {
        CniManifest before = new CniManifest(node.text(NodeFindings.CNI_YAML));
        CniManifest old =
                new CniManifest(
                        backup.args()
                                .getOrDefault(node.name(), Map.of())
                                .getOrDefault(NodeFindings.CNI_YAML, ""));
        if (!before.isCalico() || !old.isCalico()) {
            return Optional.empty();
        }
        String config = old.networkConfig().orElse("");
        CniManifest after = before.withNetworkConfig(text -> likeBefore(text, config));
        for (String name : VARIABLES) {
            Optional<String> value = old.variable(name);
            after =
                    value.isPresent()
                            ? after.withVariable(name, value.get())
                            : after.withoutVariable(name);
        }
        return after.text().equals(before.text())
                ? Optional.empty()
                : Optional.of(
                        new FileEdit(
                                Phase.CALICO,
                                node.name(),
                                NodeFindings.CNI_YAML,
                                before.text(),
                                after.text(),
                                "it was so before the conversion",
                                Restart.NONE));
    }

    private Optional<ObjectEdit> configMap() {
        Optional<JsonNode> now = CalicoCheck.configMap(findings.objects());
        Optional<JsonNode> old = CalicoCheck.configMap(backup.objects());
        if (now.isEmpty() || old.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode after = now.get().deepCopy();
        String config = now.get().at("/data/cni_network_config").asText();
        ((ObjectNode) after.path("data"))
                .put(
                        "cni_network_config",
                        likeBefore(config, old.get().at("/data/cni_network_config").asText()));
        return edit(now.get(), after);
    }

    private Optional<ObjectEdit> daemonSet() {
        Optional<JsonNode> now = CalicoCheck.daemonSet(findings.objects());
        Optional<JsonNode> old = CalicoCheck.daemonSet(backup.objects());
        if (now.isEmpty() || old.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode after = now.get().deepCopy();
        ArrayNode environment = CalicoEdits.environment(after);
        ArrayNode before = CalicoEdits.environment(old.get().deepCopy());
        for (String name : VARIABLES) {
            Optional<JsonNode> entry = entry(before, name);
            if (entry.isPresent()) {
                CalicoEdits.set(environment, name, entry.get().path("value").asText());
            } else {
                entry(environment, name).ifPresent(extra -> remove(environment, extra));
            }
        }
        return edit(now.get(), after);
    }

    private static void remove(ArrayNode list, JsonNode entry) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).equals(entry)) {
                list.remove(i);
                return;
            }
        }
    }

    private static Optional<JsonNode> entry(ArrayNode environment, String name) {
        return environment
                .valueStream()
                .filter(entry -> entry.path("name").asText().equals(name))
                .findFirst();
    }

    private static String likeBefore(String now, String old) {
        String config =
                NetworkConfig.assigning(
                        now,
                        NetworkConfig.assigns(old, "ipv4"),
                        NetworkConfig.assigns(old, "ipv6"));
        for (String family : List.of("ipv4", "ipv6")) {
            if (!NetworkConfig.mentions(old, family)) {
                config = NetworkConfig.silentOn(config, family);
            }
        }
        return config;
    }

    private static Optional<ObjectEdit> edit(JsonNode before, JsonNode after) {
        return after.equals(before)
                ? Optional.empty()
                : Optional.of(
                        new ObjectEdit(
                                Phase.CALICO,
                                ObjectName.of(before),
                                before,
                                after,
                                "it was so before the conversion",
                                Restart.CALICO_NODE));
    }
}
