package dev.twinstack.cli;

import dev.twinstack.crd.DualStackSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say what is wanted. What is not said stays as it is in the DualStack object, if
/// there is one.
final class DualStackWish {

    @Option(
            names = "--pods-ipv6",
            paramLabel = "CIDR",
            description = "IPv6 range of pods (what is there already, or fd01::/64)")
    private @Nullable String podsIpv6;

    @Option(
            names = "--services-ipv6",
            paramLabel = "CIDR",
            description = "IPv6 range of Services (what is there already, or fd98::/108)")
    private @Nullable String servicesIpv6;

    @Option(
            names = "--nat-outgoing",
            arity = "1",
            description = "true or false; by default true for unique local ranges")
    private @Nullable Boolean natOutgoing;

    @Option(
            names = "--ipv6-autodetection",
            paramLabel = "METHOD",
            description = "How Calico finds a node's IPv6 address (first-found)")
    private @Nullable String autodetection;

    @Option(names = "--kubelet-node-ip", description = "Tell kubelets both addresses of their node")
    private boolean kubeletNodeIp;

    /// The wish for a new attempt.
    ///
    /// @param before the spec of the object that is there, or the default
    DualStackSpec over(DualStackSpec before, DualStackSpec.Mode mode, boolean force) {
        return new DualStackSpec(
                ranges(podsIpv6, before.pods()),
                ranges(servicesIpv6, before.services()),
                natOutgoing == null ? before.natOutgoing() : natOutgoing,
                autodetection == null ? before.ipv6Autodetection() : autodetection,
                kubeletNodeIp || before.kubeletNodeIP(),
                mode,
                force,
                before.attempt() + 1);
    }

    private static DualStackSpec.@Nullable Ranges ranges(
            @Nullable String ipv6, DualStackSpec.@Nullable Ranges before) {
        return ipv6 == null
                ? before
                : new DualStackSpec.Ranges(before == null ? null : before.ipv4(), ipv6);
    }
}
