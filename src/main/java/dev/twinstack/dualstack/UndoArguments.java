package dev.twinstack.dualstack;

import dev.twinstack.dualstack.Step.FileEdit;
import dev.twinstack.dualstack.Step.Restart;
import dev.twinstack.dualstack.args.ArgsFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The flags of one node as they were. Only ours: what the user has changed since stays.
final class UndoArguments {

    private static final Map<String, List<String>> FLAGS =
            Map.of(
                    "kube-apiserver", List.of("--service-cluster-ip-range"),
                    "kube-controller-manager",
                            List.of("--service-cluster-ip-range", "--cluster-cidr"),
                    "kube-proxy", List.of("--cluster-cidr"),
                    "kubelet", List.of("--node-ip"));

    private static final List<String> FILES =
            List.of("kube-apiserver", "kube-controller-manager", "kube-proxy", "kubelet");

    private UndoArguments() {}

    static List<FileEdit> of(NodeFindings node, Map<String, String> backup) {
        List<FileEdit> edits = new ArrayList<>();
        for (String file : FILES) {
            if (node.file(file).isPresent() && backup.containsKey(file)) {
                ArgsFile before = new ArgsFile(node.text(file));
                ArgsFile after = before;
                for (String flag : FLAGS.getOrDefault(file, List.of())) {
                    Optional<String> old = new ArgsFile(backup.get(file)).value(flag);
                    after = old.isPresent() ? after.with(flag, old.get()) : after.without(flag);
                }
                add(node, file, before.text(), after.text(), Restart.KUBELITE, edits);
            }
        }
        add(
                node,
                NodeFindings.CNI_ENV,
                node.text(NodeFindings.CNI_ENV),
                backup.getOrDefault(NodeFindings.CNI_ENV, ""),
                Restart.NONE,
                edits);
        return edits;
    }

    private static void add(
            NodeFindings node,
            String file,
            String before,
            String after,
            Restart restarts,
            List<FileEdit> edits) {
        if (!before.equals(after)) {
            edits.add(
                    new FileEdit(
                            Phase.ARGUMENTS,
                            node.name(),
                            file,
                            before,
                            after,
                            "it was so before the conversion",
                            restarts));
        }
    }
}
