package dev.twinstack.bgp.session;

import dev.twinstack.bgp.wire.Capability;
import dev.twinstack.bgp.wire.ExtendedNextHopCapability;
import dev.twinstack.bgp.wire.GracefulRestartCapability;
import dev.twinstack.bgp.wire.LongLivedGracefulRestartCapability;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.RoleCapability;
import dev.twinstack.bgp.wire.RouteRefreshCapability;

/// What both OPENs name and neither the octets nor the families depend on.
///
/// @param routeRefresh routes may be asked for again (RFC 2918)
/// @param keepsRoutes the peer keeps our routes while we restart (RFC 4724)
/// @param longLived and for longer than that as a last resort (RFC 9494)
/// @param hardReset only a hard reset makes it drop them at once (RFC 8538)
/// @param ipv4OverIpv6 IPv4 routes may have an IPv6 next hop (RFC 8950)
/// @param roles both said what they are to each other (RFC 9234)
public record Agreement(
        boolean routeRefresh,
        boolean keepsRoutes,
        boolean longLived,
        boolean hardReset,
        boolean ipv4OverIpv6,
        boolean roles) {

    static Agreement of(OpenMessage ours, OpenMessage theirs) {
        boolean graceful = both(ours, theirs, GracefulRestartCapability.class);
        return new Agreement(
                both(ours, theirs, RouteRefreshCapability.class),
                graceful,
                graceful && both(ours, theirs, LongLivedGracefulRestartCapability.class),
                graceful && notifies(ours) && notifies(theirs),
                allowsIpv4OverIpv6(ours) && allowsIpv4OverIpv6(theirs),
                both(ours, theirs, RoleCapability.class));
    }

    static <T extends Capability> boolean both(
            OpenMessage ours, OpenMessage theirs, Class<T> kind) {
        return ours.capability(kind).isPresent() && theirs.capability(kind).isPresent();
    }

    private static boolean notifies(OpenMessage open) {
        return open.capability(GracefulRestartCapability.class)
                .filter(GracefulRestartCapability::notification)
                .isPresent();
    }

    private static boolean allowsIpv4OverIpv6(OpenMessage open) {
        return open.capability(ExtendedNextHopCapability.class)
                .filter(capability ->
                        capability
                                .tuples()
                                .contains(ExtendedNextHopCapability.Tuple.IPV4_OVER_IPV6))
                .isPresent();
    }
}
