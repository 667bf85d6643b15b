package dev.twinstack.bgp.rib;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.session.Negotiated;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.Optional;

/// Which next hop a family's routes get: the configured one; else, for the family the session is
/// carried over, its own address; for the other one this node's. IPv4 routes of a session over IPv6
/// get its IPv6 address where both sides agreed to that (RFC 8950). An address that means nothing
/// to a router behind the link (loopback, link-local) gives way to the node's.
///
/// @param local our end of the connection
record NextHops(Optional<IpAddress> local, PeerSettings settings, Negotiated negotiated) {

    /// What comes of it.
    sealed interface Choice {}

    record Use(IpAddress nextHop) implements Choice {}

    /// @param because why nothing of this family can be sent
    /// @param agreed whether the peer waits for its End-of-RIB all the same
    record None(String because, boolean agreed) implements Choice {}

    Choice of(IpFamily family) {
        if (!settings.families().contains(family)) {
            return new None(family + " unicast is not configured for this peer", false);
        }
        if (!negotiated.families().contains(family)) {
            return new None("the peer did not negotiate " + family + " unicast", false);
        }
        return address(family)
                .<Choice>map(Use::new)
                .orElseGet(() ->
                        new None("this node has no " + family + " address for a next hop", true));
    }

    private Optional<IpAddress> address(IpFamily family) {
        return Optional.ofNullable(settings.export().ownNextHops().get(family))
                .or(() -> overIpv6(family))
                .or(() -> local.filter(address -> address.family() == family && isGlobal(address)))
                .or(() -> Optional.ofNullable(settings.export().nextHops().get(family)))
                .or(() ->
                        local.filter(
                                address -> address.family() == family && !address.isLoopback()));
    }

    private Optional<IpAddress> overIpv6(IpFamily family) {
        return negotiated.agreement().ipv4OverIpv6() && family == IpFamily.IPV4
                ? local.filter(
                        address -> address.family() == IpFamily.IPV6 && !address.isLoopback())
                : Optional.empty();
    }

    private static boolean isGlobal(IpAddress address) {
        return !address.isLoopback() && !address.isLinkLocal();
    }
}
