package dev.twinstack.dualstack;

import java.util.List;
import java.util.Optional;

/// Whether this is a cluster that can be converted at all: MicroK8s from 1.28 on.
final class DistributionCheck {

    private DistributionCheck() {}

    static Optional<Refusal> check(List<NodeFindings> nodes) {
        if (nodes.isEmpty()) {
            return Optional.of(
                    new Refusal(
                            "cluster",
                            "it has no nodes",
                            "name the right cluster",
                            "kubectl get nodes"));
        }
        return nodes.stream().flatMap(node -> check(node).stream()).findFirst();
    }

    private static Optional<Refusal> check(NodeFindings node) {
        if (node.version().contains("+k3s")) {
            return Optional.of(
                    new Refusal(
                            "cluster",
                            "this is k3s, which takes dual-stack only when it is created",
                            "build a new one: on every server k3s server"
                                    + " --cluster-cidr=10.42.0.0/16,fd01::/56"
                                    + " --service-cidr=10.43.0.0/16,fd98::/112"
                                    + " --node-ip=<IPv4>,<IPv6> --flannel-ipv6-masq; on every agent"
                                    + " k3s agent --node-ip=<IPv4>,<IPv6>",
                            "kubectl get nodes"));
        }
        if (!node.microk8s()) {
            return Optional.of(
                    Refusal.ofNode(
                            node.name(),
                            "it is not MicroK8s (no label microk8s.io/cluster=true)",
                            "only MicroK8s is converted; for kubeadm see kubernetes.io/docs,"
                                    + " \"Dual-stack support with kubeadm\"",
                            "kubectl get nodes --show-labels"));
        }
        return version(node);
    }

    private static Optional<Refusal> version(NodeFindings node) {
        Optional<KubernetesVersion> version = KubernetesVersion.parse(node.version());
        if (version.isEmpty()) {
            return Optional.of(
                    Refusal.ofNode(
                            node.name(),
                            "its version reads \"%s\"".formatted(node.version()),
                            "wait until its kubelet has reported",
                            "kubectl get nodes"));
        }
        if (version.get().isAtLeast(KubernetesVersion.FIRST)) {
            return Optional.empty();
        }
        return Optional.of(
                Refusal.ofNode(
                        node.name(),
                        "it runs %s; %s is the oldest that can be converted"
                                .formatted(version.get(), KubernetesVersion.FIRST),
                        "refresh it: sudo snap refresh microk8s --channel=1.28/stable, one minor"
                                + " version after the other",
                        "kubectl get nodes"));
    }
}
