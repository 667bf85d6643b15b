package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.dualstack.calico.CniManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What a person should know beside the steps.
final class PlanNotes {

    private static final String FORWARD_RULES =
            "After a reboot kubelite's own iptables rule for %s fails because the flag holds two"
                    + " ranges now. Calico's rules serve the pods; only where Docker sets the FORWARD"
                    + " policy to DROP, add: iptables -I FORWARD -s %s -j ACCEPT; iptables -I FORWARD"
                    + " -d %s -j ACCEPT";

    private static final String NEWER =
            "%s: newer than %s, the last version whose files we know. Read the diffs with care.";

    private static final String STRICT =
            "The snap is confined strictly on %s: firewall and sysctl commands are run on the host"
                    + " itself, not from MicroK8s.";

    private static final String DRIFT =
            "ConfigMap kube-system/calico-config differs from cni.yaml in %s; the next node to join"
                    + " brings back what stands in the file.";

    private static final String CERTIFICATES =
            "Expect one more restart of kubelite and all containers on %s: MicroK8s takes the IPv6"
                    + " address of vxlan-v6.calico for a new address of the host and issues the API"
                    + " server's certificate anew. (Clustered nodes have the lock no-cert-reissue.)";

    private PlanNotes() {}

    static List<String> of(ClusterFindings findings, Ranges ranges) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "A control-plane node that joins later starts single-stack and then refuses to write"
                        + " Services of two families: the node-config DaemonSet brings it in line,"
                        + " or install it with the same extraCNIEnv. A worker needs nothing.");
        notes.add("`microk8s join` needs the IPv4 address of the node to join, also afterwards.");
        certificates(findings).ifPresent(notes::add);
        notes.add(FORWARD_RULES.formatted(ranges.pods(), ranges.podsIpv4(), ranges.podsIpv4()));
        notes.add(
                "The Services kubernetes and kube-dns keep their one IPv4 address, which harms"
                        + " nothing.");
        forwarding(findings).ifPresent(notes::add);
        versions(findings).ifPresent(notes::add);
        strict(findings).ifPresent(notes::add);
        notes.addAll(leftovers(findings));
        drift(findings).ifPresent(notes::add);
        return List.copyOf(notes);
    }

    private static Optional<String> certificates(ClusterFindings findings) {
        String nodes =
                names(
                        findings,
                        node ->
                                node.controlPlane()
                                        && node.facts() != null
                                        && !node.facts().locks().contains("no-cert-reissue"));
        return nodes.isEmpty() ? Optional.empty() : Optional.of(CERTIFICATES.formatted(nodes));
    }

    private static Optional<String> forwarding(ClusterFindings findings) {
        String nodes = names(findings, node -> node.facts() != null && !node.facts().forwarding());
        return nodes.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "IPv6 forwarding is off on %s; kubelite switches it on when it restarts."
                                .formatted(nodes));
    }

    private static Optional<String> versions(ClusterFindings findings) {
        String newer =
                findings.nodes().stream()
                        .filter(node ->
                                KubernetesVersion.parse(node.version())
                                        .filter(v -> v.compareTo(KubernetesVersion.LAST) > 0)
                                        .isPresent())
                        .map(node -> node.name() + " (" + node.version() + ")")
                        .collect(Collectors.joining(", "));
        return newer.isEmpty()
                ? Optional.empty()
                : Optional.of(NEWER.formatted(newer, KubernetesVersion.LAST));
    }

    private static Optional<String> strict(ClusterFindings findings) {
        String nodes =
                names(
                        findings,
                        node ->
                                node.facts() != null
                                        && node.facts().confinement().equals("strict"));
        return nodes.isEmpty() ? Optional.empty() : Optional.of(STRICT.formatted(nodes));
    }

    /// GNU patch leaves these behind when its hunk does not fit.
    private static List<String> leftovers(ClusterFindings findings) {
        return findings.nodes().stream()
                .flatMap(node ->
                        node.args().keySet().stream()
                                .filter(path -> path.endsWith(".rej") || path.endsWith(".orig"))
                                .sorted()
                                .map(path ->
                                        "%s has args/%s, left by a patch that did not fit; delete it."
                                                .formatted(node.name(), path)))
                .toList();
    }

    /// A ConfigMap that was changed by hand: the next node to join brings the file's values back.
    private static Optional<String> drift(ClusterFindings findings) {
        Optional<JsonNode> map = CalicoCheck.configMap(findings.objects());
        Optional<CniManifest> manifest =
                findings.controlPlane()
                        .map(node -> new CniManifest(node.text(NodeFindings.CNI_YAML)))
                        .filter(CniManifest::isCalico)
                        .findFirst();
        if (map.isEmpty() || manifest.isEmpty()) {
            return Optional.empty();
        }
        String keys =
                manifest.get().allSettings().entrySet().stream()
                        .filter(setting ->
                                !sameBut(
                                        setting.getValue(),
                                        map.get().at("/data").path(setting.getKey()).asText()))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return keys.isEmpty() ? Optional.empty() : Optional.of(DRIFT.formatted(keys));
    }

    /// Equal but for blanks and the families assigned, which the plan sets.
    private static boolean sameBut(String one, String other) {
        return normal(one).equals(normal(other));
    }

    private static String normal(String text) {
        return text.replaceAll("\"assign_ipv[46]\"\\s*:\\s*\"?(true|false)\"?,?", "")
                .replaceAll("\\s+", "");
    }

    private static String names(ClusterFindings findings, Predicate<NodeFindings> chosen) {
        return findings.nodes().stream()
                .filter(chosen)
                .map(NodeFindings::name)
                .collect(Collectors.joining(", "));
    }
}
