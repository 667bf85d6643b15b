package dev.twinstack.dualstack;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One node as found.
///
/// @param version its kubelet's, like `v1.32.3`
/// @param microk8s whether the node says that it is MicroK8s'
/// @param addresses those in its status
/// @param args the files below MicroK8s' `args/` by their path there, like `cni-network/cni.yaml`;
///   empty if nobody has looked
/// @param facts what the host says of its IPv6, if somebody has looked
public record NodeFindings(
        String name,
        String version,
        boolean microk8s,
        boolean controlPlane,
        List<IpAddress> addresses,
        Map<String, String> args,
        @Nullable NodeFacts facts) {

    static final String CNI_YAML = "cni-network/cni.yaml";
    static final String CNI_ENV = "cni-env";

    /// The files that plans change, there and back.
    static final List<String> FILES =
            List.of(
                    CNI_ENV,
                    CNI_YAML,
                    "kube-apiserver",
                    "kube-controller-manager",
                    "kube-proxy",
                    "kubelet");

    public NodeFindings {
        addresses = List.copyOf(addresses);
        args = Map.copyOf(args);
    }

    Optional<String> file(String path) {
        return Optional.ofNullable(args.get(path));
    }

    String text(String path) {
        return args.getOrDefault(path, "");
    }

    Stream<IpAddress> addresses(IpFamily family) {
        return addresses.stream().filter(address -> address.family() == family);
    }
}
