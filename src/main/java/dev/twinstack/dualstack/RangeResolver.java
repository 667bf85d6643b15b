package dev.twinstack.dualstack;

import dev.twinstack.crd.DualStackSpec;
import dev.twinstack.dualstack.args.ArgsFile;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the four ranges: IPv4 as it is, IPv6 as wanted, else as half of the cluster has it
/// already, else MicroK8s' own defaults.
final class RangeResolver {

    static final IpPrefix DEFAULT_PODS = IpPrefix.parse("fd01::/64");
    static final IpPrefix DEFAULT_SERVICES = IpPrefix.parse("fd98::/108");

    /// Shows what can be wanted.
    static final String HELP = "twinstack dualstack plan --help";

    private final ClusterFindings findings;
    private final List<Refusal> refusals = new ArrayList<>();

    RangeResolver(ClusterFindings findings) {
        this.findings = findings;
    }

    /// The ranges, or nothing and at least one of [#refusals].
    Optional<Ranges> resolve(DualStackSpec spec) {
        Pair pods =
                resolve(
                        "pods",
                        spec.pods(),
                        Stream.concat(
                                flags(findings.nodes(), "kube-proxy", "--cluster-cidr"),
                                flags(controlPlane(), "kube-controller-manager", "--cluster-cidr")),
                        onlyPool().orElse(DEFAULT_PODS));
        Pair services =
                resolve(
                        "services",
                        spec.services(),
                        Stream.concat(
                                flags(
                                        controlPlane(),
                                        "kube-apiserver",
                                        "--service-cluster-ip-range"),
                                flags(
                                        controlPlane(),
                                        "kube-controller-manager",
                                        "--service-cluster-ip-range")),
                        DEFAULT_SERVICES);
        if (pods.ipv4() == null
                || pods.ipv6() == null
                || services.ipv4() == null
                || services.ipv6() == null) {
            return Optional.empty();
        }
        return Optional.of(new Ranges(pods.ipv4(), pods.ipv6(), services.ipv4(), services.ipv6()));
    }

    List<Refusal> refusals() {
        return refusals;
    }

    private record Pair(@Nullable IpPrefix ipv4, @Nullable IpPrefix ipv6) {}

    /// One flag as it stands in a file.
    private record Flag(String node, String file, String name, String value) {

        String command() {
            return "grep -e %s /var/snap/microk8s/current/args/%s   # on %s"
                    .formatted(name, file, node);
        }
    }

    /// What one flag says; an IPv6 range behind the IPv4 one or none.
    private record Seen(Flag flag, IpPrefix ipv4, Optional<IpPrefix> ipv6) {}

    private Pair resolve(
            String use, DualStackSpec.@Nullable Ranges wanted, Stream<Flag> flags, IpPrefix other) {
        List<Seen> seen = flags.flatMap(flag -> read(flag).stream()).toList();
        IpPrefix ipv4 = agreed(seen.stream().map(s -> new Found(s.flag(), s.ipv4())), use, "IPv4");
        if (ipv4 == null && refusals.isEmpty()) {
            refuse(
                    use,
                    "no control-plane node says which IPv4 range " + use + " have",
                    "add the flag to its file, as MicroK8s ships it",
                    "grep -re cidr -e cluster-ip-range /var/snap/microk8s/current/args/");
        }
        IpPrefix ipv6 =
                agreed(
                        seen.stream()
                                .flatMap(s ->
                                        s.ipv6().stream().map(range -> new Found(s.flag(), range))),
                        use,
                        "IPv6");
        checkIpv4(use, wanted, ipv4);
        Optional<String> text = Optional.ofNullable(wanted).map(DualStackSpec.Ranges::ipv6);
        if (text.isPresent()) {
            return new Pair(ipv4, chosen(use, text.get(), ipv6));
        }
        return new Pair(ipv4, ipv6 != null ? ipv6 : other);
    }

    private record Found(Flag flag, IpPrefix range) {}

    private @Nullable IpPrefix agreed(Stream<Found> found, String use, String family) {
        @Nullable Found first = null;
        for (Found each : found.toList()) {
            if (first == null) {
                first = each;
            } else if (!first.range().equals(each.range())) {
                refuse(
                        use,
                        "%s of %s says %s, %s of %s says %s"
                                .formatted(
                                        first.flag().file(),
                                        first.flag().node(),
                                        first.range(),
                                        each.flag().file(),
                                        each.flag().node(),
                                        each.range()),
                        "decide which %s range is right and give all files that one"
                                .formatted(family),
                        each.flag().command());
                return null;
            }
        }
        return first == null ? null : first.range();
    }

    private Optional<Seen> read(Flag flag) {
        List<IpPrefix> ranges = new ArrayList<>();
        for (String part : flag.value().split(",", -1)) {
            try {
                ranges.add(IpPrefix.parse(part.strip()));
            } catch (IllegalArgumentException e) {
                refuseFlag(flag, "has " + e.getMessage(), "correct the value");
                return Optional.empty();
            }
        }
        if (ranges.getFirst().family() == IpFamily.IPV6) {
            refuseFlag(
                    flag,
                    "has IPv6 first (%s), and the first family of a cluster cannot change"
                            .formatted(flag.value()),
                    "such a cluster gets IPv4 only by a new installation");
            return Optional.empty();
        }
        if (ranges.size() > 2 || (ranges.size() == 2 && ranges.get(1).family() == IpFamily.IPV4)) {
            refuseFlag(flag, "has " + flag.value(), "at most one IPv4 and one IPv6 range can be");
            return Optional.empty();
        }
        return Optional.of(
                new Seen(
                        flag,
                        ranges.getFirst(),
                        ranges.size() == 2 ? Optional.of(ranges.get(1)) : Optional.empty()));
    }

    private void checkIpv4(
            String use, DualStackSpec.@Nullable Ranges wanted, @Nullable IpPrefix found) {
        if (wanted == null || wanted.ipv4() == null || found == null) {
            return;
        }
        RangeText.Judgement judgement = RangeText.judge(wanted.ipv4(), IpFamily.IPV4);
        String fault =
                judgement
                        .range()
                        .map(range ->
                                range.equals(found)
                                        ? ""
                                        : "the cluster has %s, and its first range cannot change"
                                                .formatted(found))
                        .orElse(judgement.fault());
        if (!fault.isEmpty()) {
            refuse(use + ".ipv4", fault, "leave spec.%s.ipv4 out".formatted(use), HELP);
        }
    }

    private @Nullable IpPrefix chosen(String use, String text, @Nullable IpPrefix found) {
        RangeText.Judgement judgement = RangeText.judge(text, IpFamily.IPV6);
        if (judgement.range().isEmpty()) {
            refuse(
                    use + ".ipv6",
                    judgement.fault(),
                    "name a range of your own, like " + example(use),
                    HELP);
            return null;
        }
        IpPrefix range = judgement.range().get();
        if (found != null && !found.equals(range)) {
            refuse(
                    use + ".ipv6",
                    "%s is wanted, but a part of the cluster already has %s"
                            .formatted(range, found),
                    "want %s, or go back to single-stack first (plan --undo)".formatted(found),
                    HELP);
            return null;
        }
        return range;
    }

    /// A pool that is there already is used, whatever made it.
    private Optional<IpPrefix> onlyPool() {
        List<IpPrefix> pools = PoolEdit.ranges(findings.objects()).toList();
        return pools.size() == 1 ? Optional.of(pools.getFirst()) : Optional.empty();
    }

    private List<NodeFindings> controlPlane() {
        return findings.controlPlane().toList();
    }

    private static Stream<Flag> flags(List<NodeFindings> nodes, String file, String name) {
        return nodes.stream()
                .flatMap(node ->
                        new ArgsFile(node.text(file))
                                .value(name).stream()
                                        .map(value -> new Flag(node.name(), file, name, value)));
    }

    private static String example(String use) {
        return use.equals("pods") ? DEFAULT_PODS.toString() : DEFAULT_SERVICES.toString();
    }

    private void refuseFlag(Flag flag, String reason, String remedy) {
        refusals.add(
                Refusal.ofNode(
                        flag.node(),
                        "%s in args/%s %s".formatted(flag.name(), flag.file(), reason),
                        remedy,
                        flag.command()));
    }

    private void refuse(String field, String reason, String remedy, String command) {
        refusals.add(new Refusal("spec." + field, reason, remedy, command));
    }
}
