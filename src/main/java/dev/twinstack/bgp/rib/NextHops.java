package dev.twinstack.bgp.rib;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.Optional;

/// Which next hop a family's routes get: the session's own address for the family the session is
/// carried over, this node's configured address for the other one. An address that means nothing to
/// a router behind the link (loopback, link-local) gives way to the configured one.
///
/// @param local our end of the connection
record NextHops(Optional<IpAddress> local, PeerSettings settings) {

    Optional<IpAddress> of(IpFamily family) {
        return local.filter(address -> address.family() == family && isGlobal(address))
                .or(() -> Optional.ofNullable(settings.nextHops().get(family)))
                .or(() ->
                        local.filter(
                                address -> address.family() == family && !address.isLoopback()));
    }

    private static boolean isGlobal(IpAddress address) {
        return !address.isLoopback() && !address.isLinkLocal();
    }
}
