package dev.twinstack.bgp.session;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.Role;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.Capability;
import dev.twinstack.bgp.wire.CapabilityList;
import dev.twinstack.bgp.wire.EnhancedRouteRefreshCapability;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.ExtendedMessageCapability;
import dev.twinstack.bgp.wire.FourOctetAsCapability;
import dev.twinstack.bgp.wire.MultiprotocolCapability;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.Octets;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.RoleCapability;
import dev.twinstack.bgp.wire.WireOptions;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether a well-formed OPEN is the one of the configured peer (RFC 4271 section 6.2), and what
/// follows from both OPENs. Version, hold time and a zero AS or identifier were the decoder's
/// business.
sealed interface OpenCheck {

    record Accepted(Negotiated negotiated) implements OpenCheck {}

    /// @param reason in words, with both sides' values
    record Refused(NotificationMessage notification, String reason) implements OpenCheck {}

    /// @param ours the OPEN that we sent
    static OpenCheck check(OpenMessage open, OpenMessage ours, PeerSettings settings) {
        Asn remote = open.asn();
        if (remote.isReserved() || !settings.peerAsn().accepts(settings.localAsn(), remote)) {
            return refused(
                    ErrorCode.BAD_PEER_AS,
                    Octets.EMPTY,
                    "the peer says AS %s, configured is %s".formatted(remote, settings.peerAsn()));
        }
        if (!settings.localAsn().fitsTwoOctets()
                && open.capability(FourOctetAsCapability.class).isEmpty()) {
            return refused(
                    ErrorCode.UNSUPPORTED_CAPABILITY,
                    CapabilityList.octets(new FourOctetAsCapability(settings.localAsn())),
                    "the peer knows AS numbers of two octets only, ours is %s"
                            .formatted(settings.localAsn()));
        }
        boolean internal = remote.equals(settings.localAsn());
        if (internal && open.bgpIdentifier().equals(settings.routerId())) {
            return refused(
                    ErrorCode.BAD_BGP_IDENTIFIER,
                    Octets.EMPTY,
                    "the peer has our own router ID %s; within an AS it must be unique"
                            .formatted(settings.routerId()));
        }
        Set<IpFamily> offered = families(open);
        Set<IpFamily> common = EnumSet.copyOf(settings.families());
        common.retainAll(families(ours));
        common.retainAll(offered);
        if (common.isEmpty()) {
            return refused(
                    ErrorCode.UNSUPPORTED_CAPABILITY,
                    insistedOn(settings.families()),
                    "the peer offers %s, configured is %s"
                            .formatted(FamilyText.of(offered), FamilyText.of(settings.families())));
        }
        Optional<Role> misfit = misfit(open, settings);
        if (misfit.isPresent() && !internal) {
            return refused(
                    ErrorCode.ROLE_MISMATCH,
                    Octets.EMPTY,
                    "we are its %s, so it must be our %s (RFC 9234)"
                            .formatted(misfit.get(), misfit.get().counterpart()));
        }
        return new Accepted(negotiated(open, ours, settings, offered, common));
    }

    private static Negotiated negotiated(
            OpenMessage open,
            OpenMessage ours,
            PeerSettings settings,
            Set<IpFamily> offered,
            Set<IpFamily> common) {
        Duration hold = min(settings.holdTime(), open.holdTime());
        Duration third = hold.dividedBy(3);
        return new Negotiated(
                open.asn(),
                open.bgpIdentifier(),
                offered,
                common,
                Agreement.of(ours, open),
                hold,
                settings.keepalive().map(wanted -> min(wanted, third)).orElse(third),
                Capabilities.compare(ours, open),
                wire(open, ours, common));
    }

    private static WireOptions wire(OpenMessage open, OpenMessage ours, Set<IpFamily> common) {
        boolean internal = open.asn().equals(ours.asn());
        return (internal ? WireOptions.INTERNAL : WireOptions.EXTERNAL)
                .withFourOctetAs(Agreement.both(ours, open, FourOctetAsCapability.class))
                .withEnhancedRefresh(
                        Agreement.both(ours, open, EnhancedRouteRefreshCapability.class))
                .withMaxLength(
                        Agreement.both(ours, open, ExtendedMessageCapability.class)
                                ? WireOptions.EXTENDED_LENGTH
                                : WireOptions.STANDARD_LENGTH)
                .withFamilies(
                        common.stream().map(AddressFamily::unicast).collect(Collectors.toSet()));
    }

    /// Our role, if the peer named one that does not go with it.
    private static Optional<Role> misfit(OpenMessage open, PeerSettings settings) {
        return settings.role()
                .filter(role ->
                        open.capability(RoleCapability.class)
                                .filter(its -> !its.equals(RoleCapability.of(role.counterpart())))
                                .isPresent());
    }

    private static Set<IpFamily> families(OpenMessage open) {
        Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        open.families().forEach(family -> family.ipFamily().ifPresent(families::add));
        return families;
    }

    private static Refused refused(ErrorCode error, Octets data, String why) {
        NotificationMessage notification = new NotificationMessage(error, data);
        return new Refused(notification, Diagnosis.refused(notification, why));
    }

    /// The families we insist on.
    private static Octets insistedOn(Set<IpFamily> families) {
        return CapabilityList.octets(
                families.stream()
                        .map(AddressFamily::unicast)
                        .map(MultiprotocolCapability::new)
                        .toArray(Capability[]::new));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
