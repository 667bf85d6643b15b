package dev.twinstack.bgp.session;

import dev.twinstack.bgp.GracefulRestart;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.Capability;
import dev.twinstack.bgp.wire.EnhancedRouteRefreshCapability;
import dev.twinstack.bgp.wire.ExtendedMessageCapability;
import dev.twinstack.bgp.wire.ExtendedNextHopCapability;
import dev.twinstack.bgp.wire.FourOctetAsCapability;
import dev.twinstack.bgp.wire.GracefulRestartCapability;
import dev.twinstack.bgp.wire.LongLivedGracefulRestartCapability;
import dev.twinstack.bgp.wire.MultiprotocolCapability;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.RoleCapability;
import dev.twinstack.bgp.wire.RouteRefreshCapability;
import dev.twinstack.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The OPEN we send: multiprotocol for exactly the families the session may use, what the settings
/// ask for, and what costs nothing. IPv4 unicast is always named when it is wanted: older Quagga
/// and BIRD refuse a peer that leaves it to be understood.
final class LocalOpen {

    private LocalOpen() {}

    static OpenMessage of(PeerSettings settings, Offer offer) {
        return OpenMessage.of(
                settings.localAsn(),
                settings.holdTime(),
                settings.routerId(),
                capabilities(settings, offer));
    }

    /// Whether a session can come of this offer.
    static boolean isUsable(PeerSettings settings, Offer offer) {
        OpenMessage open = of(settings, offer);
        boolean hasFamily =
                open.families().stream()
                        .flatMap(family -> family.ipFamily().stream())
                        .anyMatch(settings.families()::contains);
        return hasFamily && open.asn().equals(settings.localAsn());
    }

    private static List<Capability> capabilities(PeerSettings settings, Offer offer) {
        if (offer.bare()) {
            return List.of();
        }
        List<Capability> capabilities = new ArrayList<>();
        for (IpFamily family : settings.families()) {
            capabilities.add(new MultiprotocolCapability(AddressFamily.unicast(family)));
        }
        capabilities.add(new RouteRefreshCapability());
        if (settings.extendedNextHop()) {
            capabilities.add(
                    new ExtendedNextHopCapability(
                            List.of(ExtendedNextHopCapability.Tuple.IPV4_OVER_IPV6)));
        }
        capabilities.add(new ExtendedMessageCapability());
        settings.role()
                .filter(_ -> !settings.isSurelyInternal())
                .ifPresent(role -> capabilities.add(RoleCapability.of(role)));
        settings.gracefulRestart()
                .ifPresent(graceful -> capabilities.add(restart(settings, graceful, offer)));
        settings.gracefulRestart()
                .flatMap(graceful -> longLived(settings, graceful, offer))
                .ifPresent(capabilities::add);
        capabilities.add(new FourOctetAsCapability(settings.localAsn()));
        capabilities.add(new EnhancedRouteRefreshCapability());
        capabilities.removeIf(offer.refused()::contains);
        if (capabilities.stream().noneMatch(GracefulRestartCapability.class::isInstance)) {
            capabilities.removeIf(LongLivedGracefulRestartCapability.class::isInstance);
        }
        return capabilities;
    }

    private static Optional<Capability> longLived(
            PeerSettings settings, GracefulRestart graceful, Offer offer) {
        boolean forwarded = offer.restart().hasForwarded(graceful);
        return graceful.longLived()
                .map(stale ->
                        new LongLivedGracefulRestartCapability(
                                settings.families().stream()
                                        .map(AddressFamily::unicast)
                                        .map(family ->
                                                new LongLivedGracefulRestartCapability.Family(
                                                        family, forwarded, stale))
                                        .toList()));
    }

    private static GracefulRestartCapability restart(
            PeerSettings settings, GracefulRestart graceful, Offer offer) {
        boolean forwarded = offer.restart().hasForwarded(graceful);
        return new GracefulRestartCapability(
                offer.restart().restarted(),
                graceful.notification(),
                graceful.time(),
                settings.families().stream()
                        .map(AddressFamily::unicast)
                        .map(family -> new GracefulRestartCapability.Family(family, forwarded))
                        .toList());
    }
}
