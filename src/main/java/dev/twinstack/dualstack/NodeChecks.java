package dev.twinstack.dualstack;

import dev.twinstack.dualstack.NodeFacts.DefaultRoute;
import dev.twinstack.dualstack.NodeFacts.HostAddress;
import dev.twinstack.dualstack.args.ArgsFile;
import dev.twinstack.dualstack.calico.CniManifest;
import dev.twinstack.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a node must have before anything is touched. A calico-node that is told to find an IPv6
/// address and finds none ends, starts again, and takes the node's IPv4 with it: so this fails
/// closed.
final class NodeChecks {

    /// IPv6 over VXLAN.
    private static final int[] OLDEST_KERNEL = {4, 19, 1};

    private static final Pattern KERNEL = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");
    private static final List<String> CONTROL_PLANE_FILES =
            List.of(
                    "kube-apiserver",
                    "kube-controller-manager",
                    "kube-proxy",
                    NodeFindings.CNI_YAML);

    private final NodeFindings node;
    private final List<Refusal> refusals = new ArrayList<>();

    private NodeChecks(NodeFindings node) {
        this.node = node;
    }

    static List<Refusal> of(NodeFindings node, boolean kubeletNodeIp) {
        NodeChecks checks = new NodeChecks(node);
        checks.files();
        NodeFacts facts = node.facts();
        if (facts == null) {
            checks.refuse(
                    "nobody has looked at its IPv6",
                    "run this on it and put the output beside its args as facts.yaml",
                    "twinstack dualstack facts");
        } else {
            checks.host(facts);
        }
        if (kubeletNodeIp && node.addresses(IpFamily.IPV4).findAny().isEmpty()) {
            checks.refuse(
                    "it has no IPv4 address in its status, so --node-ip has no first address",
                    "leave spec.kubeletNodeIP out",
                    "kubectl get node %s -o jsonpath='{.status.addresses}'".formatted(node.name()));
        }
        return checks.refusals;
    }

    /// The address for `--node-ip`: a lasting one on the interface of the default route, if it has
    /// one.
    static Optional<HostAddress> lastingAddress(NodeFacts facts) {
        List<HostAddress> lasting =
                facts.addresses().stream()
                        .filter(address -> !address.temporary() && !address.ip().isLinkLocal())
                        .filter(address -> !address.ip().isLoopback())
                        .toList();
        DefaultRoute route = facts.defaultRoute();
        return lasting.stream()
                .filter(address -> route != null && address.device().equals(route.device()))
                .findFirst()
                .or(() -> lasting.stream().findFirst());
    }

    private void files() {
        if (node.args().isEmpty()) {
            refuse(
                    "nobody has read its files",
                    "copy its args directory to DIR/%s/args and name DIR with --node-files"
                            .formatted(node.name()),
                    "sudo tar -C /var/snap/microk8s/current -cz args");
            return;
        }
        List<String> needed = node.controlPlane() ? CONTROL_PLANE_FILES : List.of("kube-proxy");
        for (String file : needed) {
            if (node.file(file).isEmpty()) {
                refuse(
                        "it has no args/" + file,
                        file.equals(NodeFindings.CNI_YAML)
                                ? "its network is not MicroK8s' Calico; see docs/dual-stack.md"
                                : "copy all of its args directory",
                        "ls /var/snap/microk8s/current/args/" + file);
            }
        }
        if (node.controlPlane()
                && node.file(NodeFindings.CNI_YAML).isPresent()
                && !new CniManifest(node.text(NodeFindings.CNI_YAML)).isCalico()) {
            refuse(
                    "its args/cni-network/cni.yaml is not Calico's manifest as MicroK8s ships it",
                    "only MicroK8s' own Calico can be converted; for another network follow its own"
                            + " guide to dual-stack",
                    "grep -n calico-node /var/snap/microk8s/current/args/cni-network/cni.yaml");
        }
        nodeCidrs();
    }

    /// MicroK8s leaves this off; who has switched it on needs a range the controller can cut up.
    private void nodeCidrs() {
        ArgsFile file = new ArgsFile(node.text("kube-controller-manager"));
        if (file.value("--allocate-node-cidrs").filter("true"::equals).isPresent()) {
            refuse(
                    "its kube-controller-manager has --allocate-node-cidrs, which MicroK8s leaves"
                            + " off: it would not start with a pod range it can't cut into one"
                            + " range a node",
                    "remove the flag: Calico gives out the addresses itself",
                    "grep -e allocate-node-cidrs"
                            + " /var/snap/microk8s/current/args/kube-controller-manager");
        }
    }

    private void host(NodeFacts facts) {
        if (!facts.ipv6()) {
            refuse(
                    "IPv6 is off",
                    "remove ipv6.disable=1 from its kernel command line, or set"
                            + " net.ipv6.conf.all.disable_ipv6=0",
                    "sysctl net.ipv6.conf.all.disable_ipv6; cat /proc/cmdline");
            return;
        }
        if (lastingAddress(facts).isEmpty()) {
            refuse(
                    "it has no lasting global IPv6 address",
                    "give it one (static, SLAAC or DHCPv6); link-local and privacy addresses do not"
                            + " do",
                    "ip -6 address show scope global");
        }
        DefaultRoute route = facts.defaultRoute();
        if (route == null) {
            refuse(
                    "it has no IPv6 default route",
                    "add one, or have your router advertise itself",
                    "ip -6 route show default");
        } else if (route.advertised() && route.acceptRa() == 1) {
            refuse(
                    "its IPv6 default route comes from router advertisements, which the kernel"
                            + " ignores while it forwards (MicroK8s switches forwarding on), so the"
                            + " route goes away",
                    "set net.ipv6.conf.%s.accept_ra=2 in /etc/sysctl.d and run sysctl --system"
                            .formatted(route.device()),
                    "sysctl net.ipv6.conf.%s.accept_ra".formatted(route.device()));
        }
        if (!isNewEnough(facts.kernel())) {
            refuse(
                    "its kernel is %s; VXLAN over IPv6 needs 4.19.1 or newer"
                            .formatted(facts.kernel()),
                    "update the kernel",
                    "uname -r");
        }
        if (!facts.ip6Nat()) {
            refuse(
                    "its kernel can do no NAT for IPv6",
                    "load or install ip6table_nat or nf_tables",
                    "sudo ip6tables -t nat -L -n");
        }
    }

    private static boolean isNewEnough(String kernel) {
        Matcher matcher = KERNEL.matcher(kernel);
        if (!matcher.matches()) {
            return false;
        }
        for (int i = 0; i < OLDEST_KERNEL.length; i++) {
            String group = matcher.group(i + 1);
            int part = group == null ? 0 : Integer.parseInt(group);
            if (part != OLDEST_KERNEL[i]) {
                return part > OLDEST_KERNEL[i];
            }
        }
        return true;
    }

    private void refuse(String reason, String remedy, String command) {
        refusals.add(
                Refusal.ofNode(node.name(), reason, remedy, command + "   # on " + node.name()));
    }
}
