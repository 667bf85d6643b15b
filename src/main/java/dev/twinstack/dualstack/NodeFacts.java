package dev.twinstack.dualstack;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a host says of itself; `twinstack dualstack facts` prints it as YAML, and `facts.yaml`
/// beside a node's `args` is read back.
///
/// @param confinement `classic` or `strict`, as the snap is installed
/// @param kernel its release, like `6.8.0-45-generic`
/// @param ipv6 whether the kernel has IPv6 and it is not switched off (`disable_ipv6`)
/// @param addresses IPv6 addresses of the host without those of pods and tunnels
/// @param defaultRoute the IPv6 default route, if there is one
/// @param forwarding `net.ipv6.conf.all.forwarding`
/// @param ip6Nat whether ip6tables or nftables can do NAT for IPv6
/// @param firewall UFW, if it is active
/// @param locks the files below `$SNAP_DATA/var/lock`
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NodeFacts(
        String confinement,
        String kernel,
        boolean ipv6,
        List<HostAddress> addresses,
        @Nullable DefaultRoute defaultRoute,
        boolean forwarding,
        boolean ip6Nat,
        @Nullable Firewall firewall,
        Set<String> locks) {

    public NodeFacts {
        requireNonNull(confinement, "confinement");
        requireNonNull(kernel, "kernel");
        requireNonNull(addresses, "addresses");
        requireNonNull(locks, "locks");
        addresses = List.copyOf(addresses);
        locks = Set.copyOf(locks);
    }

    /// One address. @param address with its prefix length, like `2001:db8::1/64`
    ///
    /// @param temporary a privacy address (RFC 8981), which changes every day
    public record HostAddress(
            @JsonProperty("interface") String device, String address, boolean temporary) {

        /// The address alone. @throws IllegalArgumentException if it is none
        public IpAddress ip() {
            int slash = address.indexOf('/');
            return IpAddress.parse(slash < 0 ? address : address.substring(0, slash));
        }

        /// The network on the link.
        public IpPrefix network() {
            return address.indexOf('/') < 0 ? IpPrefix.host(ip()) : IpPrefix.parse(address);
        }
    }

    /// @param advertised whether the kernel has it from a router advertisement, and drops it when
    ///   it forwards and `accept_ra` is 1
    /// @param acceptRa `accept_ra` of that interface
    public record DefaultRoute(
            @JsonProperty("interface") String device, boolean advertised, int acceptRa) {}

    /// An active UFW. @param interfaces those its rules allow
    public record Firewall(Set<String> interfaces) {

        public Firewall {
            interfaces = Set.copyOf(interfaces);
        }
    }
}
