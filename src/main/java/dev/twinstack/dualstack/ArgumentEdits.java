package dev.twinstack.dualstack;

import dev.twinstack.dualstack.NodeFacts.HostAddress;
import dev.twinstack.dualstack.Step.FileEdit;
import dev.twinstack.dualstack.Step.Restart;
import dev.twinstack.dualstack.args.ArgsFile;
import dev.twinstack.dualstack.args.CniEnv;
import dev.twinstack.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The flags of one node. kubelite is one process that reads them all at its start.
final class ArgumentEdits {

    private final NodeFindings node;
    private final Ranges ranges;
    private final List<FileEdit> edits = new ArrayList<>();

    private ArgumentEdits(NodeFindings node, Ranges ranges) {
        this.node = node;
        this.ranges = ranges;
    }

    static List<FileEdit> of(NodeFindings node, Ranges ranges, boolean kubeletNodeIp) {
        ArgumentEdits edits = new ArgumentEdits(node, ranges);
        if (node.controlPlane()) {
            edits.set(
                    "kube-apiserver",
                    "Services may have a cluster IP of each family",
                    new Flag("--service-cluster-ip-range", ranges.services()));
            edits.set(
                    "kube-controller-manager",
                    "it must agree with the API server and the proxies",
                    new Flag("--service-cluster-ip-range", ranges.services()),
                    new Flag("--cluster-cidr", ranges.pods()));
        }
        edits.set(
                "kube-proxy",
                "it must know which IPv6 packets come from pods",
                new Flag("--cluster-cidr", ranges.pods()));
        if (kubeletNodeIp) {
            edits.nodeIp();
        }
        edits.environment();
        return edits.edits;
    }

    private record Flag(String name, String value) {}

    private void set(String file, String why, Flag... flags) {
        ArgsFile before = new ArgsFile(node.text(file));
        ArgsFile after = before;
        for (Flag flag : flags) {
            after = after.with(flag.name(), flag.value());
        }
        add(file, before.text(), after.text(), why, Restart.KUBELITE);
    }

    private void nodeIp() {
        Optional<String> address = nodeAddresses();
        address.ifPresent(value ->
                set(
                        "kubelet",
                        "the node and pods on its network show both addresses",
                        new Flag("--node-ip", value)));
    }

    private Optional<String> nodeAddresses() {
        NodeFacts facts = node.facts();
        if (facts == null) {
            return Optional.empty();
        }
        return node.addresses(IpFamily.IPV4)
                .findFirst()
                .flatMap(ipv4 ->
                        NodeChecks.lastingAddress(facts)
                                .map(HostAddress::ip)
                                .map(ipv6 -> ipv4 + "," + ipv6));
    }

    private void environment() {
        CniEnv before = new CniEnv(node.text(NodeFindings.CNI_ENV));
        CniEnv after = before;
        if (before.text().isEmpty()) {
            after =
                    after.with("IPv4_SUPPORT", "true")
                            .with("IPv4_CLUSTER_CIDR", ranges.podsIpv4().toString())
                            .with("IPv4_SERVICE_CIDR", ranges.servicesIpv4().toString());
        }
        after =
                after.with("IPv6_SUPPORT", "true")
                        .with("IPv6_CLUSTER_CIDR", ranges.podsIpv6().toString())
                        .with("IPv6_SERVICE_CIDR", ranges.servicesIpv6().toString());
        add(
                NodeFindings.CNI_ENV,
                before.text(),
                after.text(),
                "MicroK8s' own tools read the ranges here",
                Restart.NONE);
    }

    private void add(String path, String before, String after, String why, Restart restarts) {
        if (!before.equals(after)) {
            edits.add(
                    new FileEdit(Phase.ARGUMENTS, node.name(), path, before, after, why, restarts));
        }
    }
}
