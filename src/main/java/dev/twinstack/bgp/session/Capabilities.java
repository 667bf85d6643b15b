package dev.twinstack.bgp.session;

import dev.twinstack.bgp.CapabilityStatus;
import dev.twinstack.bgp.wire.AddPathCapability;
import dev.twinstack.bgp.wire.Capability;
import dev.twinstack.bgp.wire.EnhancedRouteRefreshCapability;
import dev.twinstack.bgp.wire.ExtendedMessageCapability;
import dev.twinstack.bgp.wire.ExtendedNextHopCapability;
import dev.twinstack.bgp.wire.FourOctetAsCapability;
import dev.twinstack.bgp.wire.FqdnCapability;
import dev.twinstack.bgp.wire.GracefulRestartCapability;
import dev.twinstack.bgp.wire.LongLivedGracefulRestartCapability;
import dev.twinstack.bgp.wire.MultiprotocolCapability;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.RoleCapability;
import dev.twinstack.bgp.wire.RouteRefreshCapability;
import dev.twinstack.bgp.wire.SoftwareVersionCapability;
import dev.twinstack.bgp.wire.UnknownCapability;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Compares the capabilities of both OPENs, for people. Nothing is decided by it.
final class Capabilities {

    private static final int MOST = 64;

    private Capabilities() {}

    /// Ours first, in the order of the OPEN, then what only the peer named; bounded, for an OPEN of
    /// RFC 9072 has room for many.
    static List<CapabilityStatus> compare(OpenMessage ours, OpenMessage theirs) {
        Set<String> names = new LinkedHashSet<>();
        ours.capabilities().forEach(capability -> names.add(name(capability)));
        theirs.capabilities().forEach(capability -> names.add(name(capability)));
        List<CapabilityStatus> statuses = new ArrayList<>();
        for (String name : names) {
            if (statuses.size() == MOST) {
                break;
            }
            Optional<Capability> our = named(ours, name);
            Optional<Capability> their = named(theirs, name);
            statuses.add(
                    new CapabilityStatus(
                            name,
                            our.isPresent(),
                            their.isPresent(),
                            our.isPresent() && their.isPresent(),
                            their.flatMap(Capabilities::detail)));
        }
        return List.copyOf(statuses);
    }

    private static Optional<Capability> named(OpenMessage open, String name) {
        return open.capabilities().stream()
                .filter(capability -> name(capability).equals(name))
                .findFirst();
    }

    private static String name(Capability capability) {
        return switch (capability) {
            case MultiprotocolCapability family -> family.family().toString();
            case RouteRefreshCapability _ -> "route refresh";
            case ExtendedNextHopCapability hop ->
                    hop.tuples().contains(ExtendedNextHopCapability.Tuple.IPV4_OVER_IPV6)
                            ? "IPv4 over IPv6 next hops"
                            : "extended next hops";
            case ExtendedMessageCapability _ -> "extended messages";
            case RoleCapability _ -> "role";
            case GracefulRestartCapability _ -> "graceful restart";
            case FourOctetAsCapability _ -> "AS numbers of four octets";
            case AddPathCapability _ -> "several paths";
            case EnhancedRouteRefreshCapability _ -> "enhanced route refresh";
            case LongLivedGracefulRestartCapability _ -> "long-lived graceful restart";
            case FqdnCapability _ -> "host name";
            case SoftwareVersionCapability _ -> "software version";
            case UnknownCapability unknown -> "capability " + unknown.code();
        };
    }

    private static Optional<String> detail(Capability theirs) {
        return switch (theirs) {
            case GracefulRestartCapability graceful ->
                    Optional.of(
                            "%d s%s"
                                    .formatted(
                                            graceful.restartTime().toSeconds(),
                                            graceful.notification()
                                                    ? ", also after a NOTIFICATION"
                                                    : ""));
            case RoleCapability role -> Optional.of(role(role));
            case FourOctetAsCapability four -> Optional.of(four.asn().toString());
            case MultiprotocolCapability _,
                    RouteRefreshCapability _,
                    ExtendedNextHopCapability _,
                    ExtendedMessageCapability _,
                    AddPathCapability _,
                    EnhancedRouteRefreshCapability _,
                    LongLivedGracefulRestartCapability _,
                    FqdnCapability _,
                    SoftwareVersionCapability _,
                    UnknownCapability _ ->
                    Optional.empty();
        };
    }

    private static String role(RoleCapability theirs) {
        return switch (theirs.role()) {
            case RoleCapability.PROVIDER -> "provider";
            case RoleCapability.ROUTE_SERVER -> "route server";
            case RoleCapability.ROUTE_SERVER_CLIENT -> "route server client";
            case RoleCapability.CUSTOMER -> "customer";
            case RoleCapability.PEER -> "peer";
            default -> "role " + theirs.role();
        };
    }
}
