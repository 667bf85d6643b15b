package dev.twinstack.dualstack;

import static java.util.stream.Collectors.joining;

import dev.twinstack.dualstack.NodeFacts.Firewall;
import dev.twinstack.dualstack.Step.Doer;
import dev.twinstack.dualstack.Step.Task;
import java.util.List;
import java.util.Optional;

/// What is done on a node beside edits.
final class HostTasks {

    private static final String BACKUPS = NodeDirectory.BACKUPS;
    private static final String TUNNEL = "vxlan-v6.calico";

    private HostTasks() {}

    /// Not as `*.orig` in `args/`: MicroK8s carries that directory along.
    static Optional<Task> backup(NodeFindings node) {
        String files =
                NodeFindings.FILES.stream()
                        .filter(file -> node.file(file).isPresent())
                        .collect(joining(" "));
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Task(
                                Phase.BACKUP,
                                node.name(),
                                "Copy its files to " + BACKUPS,
                                List.of(
                                        "sudo mkdir -p " + BACKUPS,
                                        "cd /var/snap/microk8s/current/args && sudo cp --parents -an"
                                                + " %s %s".formatted(files, BACKUPS)),
                                "the way back, which needs them also where nothing changes now, and"
                                        + " what a node is restored from when it does not come up;"
                                        + " what was copied there before stays",
                                Doer.PROGRAM));
    }

    static Task backupObjects() {
        return new Task(
                Phase.BACKUP,
                "",
                "Keep Calico's objects",
                List.of(
                        "[ -e calico.yaml ] || kubectl get -n kube-system configmap/calico-config"
                                + " daemonset/calico-node -o yaml > calico.yaml",
                        "[ -e ippools.yaml ] || kubectl get ippools.crd.projectcalico.org -o yaml >"
                                + " ippools.yaml"),
                "the way back needs them as they were; what was kept before stays",
                Doer.PROGRAM);
    }

    static Task restart(NodeFindings node) {
        return new Task(
                Phase.ARGUMENTS,
                node.name(),
                node.controlPlane()
                        ? "Restart kubelite and wait until /readyz answers before the next node"
                        : "Restart kubelite and wait until the node is Ready before the next one",
                node.controlPlane()
                        ? List.of(
                                "sudo snap restart microk8s.daemon-kubelite",
                                "until microk8s kubectl get --raw /readyz; do sleep 1; done")
                        : List.of(
                                "sudo snap restart microk8s.daemon-kubelite",
                                "kubectl wait --for=condition=Ready node/" + node.name()),
                node.controlPlane()
                        ? "one at a time: while API servers disagree, the old ones refuse Services"
                                + " of two families"
                        : "kube-proxy and kubelet read their flags at the start of kubelite",
                Doer.PROGRAM);
    }

    static Task calicoReady() {
        return new Task(
                Phase.CALICO,
                "",
                "Wait until calico-node is ready everywhere",
                List.of("kubectl rollout status -n kube-system daemonset/calico-node"),
                "a node whose calico-node does not come up stops everything here",
                Doer.PROGRAM);
    }

    /// MicroK8s allows only `vxlan.calico` and `cali+`.
    static Optional<Task> firewall(NodeFindings node) {
        NodeFacts facts = node.facts();
        Firewall firewall = facts == null ? null : facts.firewall();
        if (firewall == null || firewall.interfaces().contains(TUNNEL)) {
            return Optional.empty();
        }
        return Optional.of(
                new Task(
                        Phase.FIREWALL,
                        node.name(),
                        "Let UFW pass the IPv6 tunnel",
                        List.of(
                                "sudo ufw allow in on " + TUNNEL,
                                "sudo ufw allow out on " + TUNNEL),
                        "UFW is active here, and MicroK8s opens only vxlan.calico and cali+",
                        Doer.PERSON));
    }

    static Optional<Task> closeFirewall(NodeFindings node) {
        NodeFacts facts = node.facts();
        Firewall firewall = facts == null ? null : facts.firewall();
        if (firewall == null || !firewall.interfaces().contains(TUNNEL)) {
            return Optional.empty();
        }
        return Optional.of(
                new Task(
                        Phase.FIREWALL,
                        node.name(),
                        "Take the rules for the IPv6 tunnel out of UFW",
                        List.of(
                                "sudo ufw delete allow in on " + TUNNEL,
                                "sudo ufw delete allow out on " + TUNNEL),
                        "there is no such interface any more",
                        Doer.PERSON));
    }

    static Task verify(Ranges ranges, boolean serviceCidr) {
        return new Task(
                Phase.VERIFY,
                "",
                "See that it works",
                serviceCidr
                        ? List.of(
                                "kubectl get servicecidr kubernetes   # %s, %s"
                                        .formatted(ranges.servicesIpv4(), ranges.servicesIpv6()),
                                POD_ADDRESSES)
                        : List.of(POD_ADDRESSES),
                "pods have two addresses, a Service with ipFamilyPolicy RequireDualStack gets two"
                        + " cluster IPs, and pods of different nodes reach each other over IPv6",
                Doer.PROGRAM);
    }

    private static final String POD_ADDRESSES =
            "kubectl get pods -A -o custom-columns=NAME:.metadata.name,IPS:.status.podIPs[*].ip";
}
