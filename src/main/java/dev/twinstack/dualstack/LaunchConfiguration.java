package dev.twinstack.dualstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.twinstack.dualstack.Step.FileEdit;
import dev.twinstack.dualstack.args.ArgsFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The edits of one node as MicroK8s' own launch configuration: a file in
/// `/var/snap/microk8s/common/etc/launcher/`, which the node's agent carries out (1.27 and newer).
/// It sets the flags, restarts kubelite if one has changed, and renames the file to `*.applied`.
public final class LaunchConfiguration {

    private static final Map<String, String> SECTIONS =
            Map.of(
                    "kube-apiserver", "extraKubeAPIServerArgs",
                    "kube-controller-manager", "extraKubeControllerManagerArgs",
                    "kube-proxy", "extraKubeProxyArgs",
                    "kubelet", "extraKubeletArgs");

    private static final List<String> FLAGS =
            List.of("--service-cluster-ip-range", "--cluster-cidr", "--node-ip");

    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
                    .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .build();

    private LaunchConfiguration() {}

    /// The file for the flags and `cni-env` of a node, or nothing if none of them changes.
    ///
    /// @param extraSans the names and addresses the API server's certificate has beyond MicroK8s'
    ///   own: the agent writes that list anew with every file, and an absent one empties it
    public static Optional<String> ofArguments(
            Plan.Steps plan, String node, List<String> extraSans) {
        ObjectNode file = file(extraSans);
        edits(plan.steps(), node).forEach((path, edit) -> put(file, path, edit));
        return text(file, extraSans);
    }

    /// The file for Calico's manifest, or nothing if it does not change. A file of its own: the
    /// agent means to refuse names with a slash, and a file it refuses is tried again and again.
    public static Optional<String> ofManifest(
            Plan.Steps plan, String node, List<String> extraSans) {
        ObjectNode file = file(extraSans);
        FileEdit edit = edits(plan.steps(), node).get(NodeFindings.CNI_YAML);
        if (edit != null) {
            file.putObject("extraConfigFiles").put(edit.path(), edit.after());
        }
        return text(file, extraSans);
    }

    /// The file that gives a node the flags and `cni-env` it had, or nothing if it has them.
    ///
    /// @param now its files as they are
    /// @param before as they were
    static Optional<String> back(
            String node,
            Map<String, String> now,
            Map<String, String> before,
            List<String> extraSans) {
        List<Step> edits = new ArrayList<>();
        for (String path : NodeFindings.FILES) {
            String old = before.getOrDefault(path, "");
            if (!path.equals(NodeFindings.CNI_YAML) && !old.equals(now.getOrDefault(path, ""))) {
                edits.add(
                        new FileEdit(
                                Phase.ARGUMENTS,
                                node,
                                path,
                                now.getOrDefault(path, ""),
                                old,
                                "",
                                Step.Restart.KUBELITE));
            }
        }
        ObjectNode file = file(extraSans);
        edits(edits, node).forEach((path, edit) -> put(file, path, edit));
        return text(file, extraSans);
    }

    private static void put(ObjectNode file, String path, FileEdit edit) {
        String section = SECTIONS.get(path);
        if (section != null) {
            flags(file.putObject(section), edit);
        } else if (path.equals(NodeFindings.CNI_ENV)) {
            file.putObject("extraConfigFiles").put(path, edit.after());
        }
    }

    private static Map<String, FileEdit> edits(List<Step> steps, String node) {
        Map<String, FileEdit> edits = new LinkedHashMap<>();
        for (Step step : steps) {
            if (step instanceof FileEdit edit && edit.node().equals(node)) {
                edits.put(edit.path(), edit);
            }
        }
        return edits;
    }

    /// A flag with null is removed by the agent.
    private static void flags(ObjectNode section, FileEdit edit) {
        ArgsFile before = new ArgsFile(edit.before());
        ArgsFile after = new ArgsFile(edit.after());
        for (String flag : FLAGS) {
            Optional<String> value = after.value(flag);
            if (value.isPresent()) {
                section.put(flag, value.get());
            } else if (before.value(flag).isPresent()) {
                section.putNull(flag);
            }
        }
    }

    private static ObjectNode file(List<String> extraSans) {
        ObjectNode file = JsonNodeFactory.instance.objectNode().put("version", "0.1.0");
        if (!extraSans.isEmpty()) {
            extraSans.forEach(file.putArray("extraSANs")::add);
        }
        return file;
    }

    private static Optional<String> text(ObjectNode file, List<String> extraSans) {
        if (file.size() == file(extraSans).size()) {
            return Optional.empty();
        }
        try {
            return Optional.of(YAML.writeValueAsString(file));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
