package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.net.IpRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whether the IPv6 ranges have a size that works and overlap nothing else.
final class RangeChecks {

    /// Calico cuts pools into blocks of this prefix length, at least one a node.
    private static final int BLOCK = 122;

    private static final int SERVICE_BITS = 20;
    private static final int WIDE_SERVICE_BITS = 64;

    /// The API server wants eight addresses.
    private static final int LEAST_SERVICE_BITS = 3;

    private final ClusterFindings findings;
    private final Ranges ranges;
    private final List<Refusal> refusals = new ArrayList<>();

    private RangeChecks(ClusterFindings findings, Ranges ranges) {
        this.findings = findings;
        this.ranges = ranges;
    }

    static List<Refusal> check(ClusterFindings findings, Ranges ranges) {
        RangeChecks checks = new RangeChecks(findings, ranges);
        checks.sizes();
        checks.serviceCidr();
        checks.overlaps();
        return checks.refusals;
    }

    private void sizes() {
        int serviceBits = 128 - ranges.servicesIpv6().length();
        boolean wide =
                findings.nodes().stream()
                        .map(node -> KubernetesVersion.parse(node.version()))
                        .flatMap(Optional::stream)
                        .allMatch(version -> version.isAtLeast(KubernetesVersion.WIDE_SERVICES));
        int most = wide ? WIDE_SERVICE_BITS : SERVICE_BITS;
        if (serviceBits > most) {
            refuse(
                    "spec.services.ipv6",
                    "%s is too wide: the API server takes /%d or longer"
                            .formatted(ranges.servicesIpv6(), 128 - most),
                    "want a part of it, like %s"
                            .formatted(
                                    new IpPrefix(
                                            ranges.servicesIpv6().first(), 128 - SERVICE_BITS)),
                    RangeResolver.HELP);
        }
        if (serviceBits < LEAST_SERVICE_BITS) {
            refuse(
                    "spec.services.ipv6",
                    ranges.servicesIpv6()
                            + " has fewer than the eight addresses the API server"
                            + " wants",
                    "want /108",
                    RangeResolver.HELP);
        }
        int blockBits = BLOCK - ranges.podsIpv6().length();
        if (blockBits < 0 || (blockBits < 31 && 1 << blockBits < findings.nodes().size())) {
            refuse(
                    "spec.pods.ipv6",
                    "%s is too small: each of the %d nodes takes at least one block of 64 addresses"
                            .formatted(ranges.podsIpv6(), findings.nodes().size()),
                    "want /64",
                    "kubectl get nodes");
        }
    }

    /// From 1.33 on the object says which ranges the API servers have agreed on.
    private void serviceCidr() {
        JsonNode cidrs =
                findings.objects()
                        .find("networking.k8s.io", "ServiceCIDR", "", "kubernetes")
                        .<JsonNode>map(object -> object.at("/spec/cidrs"))
                        .orElse(null);
        if (cidrs == null) {
            return;
        }
        String show = "kubectl get servicecidr kubernetes -o yaml";
        String about = "ServiceCIDR kubernetes";
        if (!cidrs.path(0).asText().equals(ranges.servicesIpv4().toString())) {
            refuse(
                    about,
                    "it says %s, the kube-apiservers are told %s"
                            .formatted(cidrs.path(0).asText(), ranges.servicesIpv4()),
                    "finish the change of the IPv4 range first",
                    show);
        } else if (cidrs.size() > 1
                && !cidrs.path(1).asText().equals(ranges.servicesIpv6().toString())) {
            refuse(
                    about,
                    "it has %s already, not %s"
                            .formatted(cidrs.path(1).asText(), ranges.servicesIpv6()),
                    "want " + cidrs.path(1).asText(),
                    show);
        }
    }

    private void overlaps() {
        overlap("spec.pods.ipv6", ranges.podsIpv6());
        overlap("spec.services.ipv6", ranges.servicesIpv6());
        if (ranges.podsIpv6().range().overlaps(ranges.servicesIpv6().range())) {
            refuse(
                    "spec.services.ipv6",
                    "%s overlaps the range of the pods, %s"
                            .formatted(ranges.servicesIpv6(), ranges.podsIpv6()),
                    "want ranges apart from each other, like fd01::/64 and fd98::/108",
                    RangeResolver.HELP);
        }
    }

    private record Taken(IpRange range, String by, String command) {}

    private void overlap(String field, IpPrefix wanted) {
        Stream.of(nodes(), loadBalancers(), peers(), calicoPools(wanted), serviceCidrs())
                .flatMap(taken -> taken)
                .filter(taken -> taken.range().family() == wanted.family())
                .filter(taken -> taken.range().overlaps(wanted.range()))
                .forEach(taken ->
                        refuse(
                                field,
                                "%s overlaps %s".formatted(wanted, taken.by()),
                                "want a range that nothing else has",
                                taken.command()));
    }

    private Stream<Taken> nodes() {
        return findings.nodes().stream().flatMap(this::addresses);
    }

    private Stream<Taken> addresses(NodeFindings node) {
        NodeFacts facts = node.facts();
        Stream<Taken> networks =
                facts == null
                        ? Stream.of()
                        : facts.addresses().stream()
                                .filter(address -> !address.ip().isLinkLocal())
                                .map(address ->
                                        new Taken(
                                                address.network().range(),
                                                "%s on %s of node %s"
                                                        .formatted(
                                                                address.address(),
                                                                address.device(),
                                                                node.name()),
                                                "ip -6 address   # on " + node.name()));
        Stream<Taken> addresses =
                node.addresses().stream()
                        .filter(address -> !isKnown(facts, address))
                        .map(address ->
                                new Taken(
                                        IpRange.of(address),
                                        "address %s of node %s".formatted(address, node.name()),
                                        "kubectl get node %s -o wide".formatted(node.name())));
        return Stream.concat(networks, addresses);
    }

    private static boolean isKnown(@Nullable NodeFacts facts, IpAddress address) {
        return facts != null
                && facts.addresses().stream().anyMatch(each -> each.ip().equals(address));
    }

    private Stream<Taken> loadBalancers() {
        return findings.objects()
                .of("metallb.io", "IPAddressPool")
                .flatMap(pool ->
                        texts(pool.at("/spec/addresses"))
                                .flatMap(text -> range(text).stream())
                                .map(range ->
                                        new Taken(
                                                range,
                                                "%s of IPAddressPool %s"
                                                        .formatted(
                                                                range, ClusterObjects.name(pool)),
                                                "kubectl get ipaddresspools -A")));
    }

    private Stream<Taken> peers() {
        return findings.objects()
                .of("metallb.io", "BGPPeer")
                .flatMap(peer ->
                        range(peer.at("/spec/peerAddress").asText()).stream()
                                .map(range ->
                                        new Taken(
                                                range,
                                                "%s, the address of BGPPeer %s"
                                                        .formatted(
                                                                range.first(),
                                                                ClusterObjects.name(peer)),
                                                "kubectl get bgppeers -A")));
    }

    private Stream<Taken> calicoPools(IpPrefix wanted) {
        return findings.objects()
                .of(PoolEdit.GROUP, "IPPool")
                .flatMap(pool ->
                        PoolEdit.range(pool)
                                .filter(range ->
                                        !range.equals(wanted) || !range.equals(ranges.podsIpv6()))
                                .stream()
                                .map(range ->
                                        new Taken(
                                                range.range(),
                                                "%s of IPPool %s"
                                                        .formatted(
                                                                range, ClusterObjects.name(pool)),
                                                "kubectl get ippools.crd.projectcalico.org")));
    }

    private Stream<Taken> serviceCidrs() {
        return findings.objects()
                .of("networking.k8s.io", "ServiceCIDR")
                .filter(object -> !ClusterObjects.name(object).equals("kubernetes"))
                .flatMap(object ->
                        texts(object.at("/spec/cidrs"))
                                .flatMap(text -> range(text).stream())
                                .map(range ->
                                        new Taken(
                                                range,
                                                "%s of ServiceCIDR %s"
                                                        .formatted(
                                                                range, ClusterObjects.name(object)),
                                                "kubectl get servicecidrs")));
    }

    private static Stream<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).filter(Objects::nonNull);
    }

    /// A prefix, an address, or first and last address; nothing for what is none of these.
    private static Optional<IpRange> range(String text) {
        try {
            int dash = text.indexOf('-');
            if (dash >= 0) {
                return Optional.of(
                        new IpRange(
                                IpAddress.parse(text.substring(0, dash).strip()),
                                IpAddress.parse(text.substring(dash + 1).strip())));
            }
            return Optional.of(
                    text.indexOf('/') < 0
                            ? IpRange.of(IpAddress.parse(text.strip()))
                            : IpPrefix.parse(text.strip()).range());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void refuse(String about, String reason, String remedy, String command) {
        refusals.add(new Refusal(about, reason, remedy, command));
    }
}
