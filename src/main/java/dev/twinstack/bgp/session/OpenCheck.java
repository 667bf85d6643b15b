package dev.twinstack.bgp.session;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.Capability;
import dev.twinstack.bgp.wire.CapabilityList;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.FourOctetAsCapability;
import dev.twinstack.bgp.wire.MultiprotocolCapability;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.Octets;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.RouteRefreshCapability;
import dev.twinstack.bgp.wire.WireOptions;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether a well-formed OPEN is the one of the configured peer (RFC 4271 section 6.2), and what
/// follows from both OPENs. Version, hold time and a zero AS or identifier were the decoder's
/// business.
sealed interface OpenCheck {

    record Accepted(Negotiated negotiated) implements OpenCheck {}

    /// @param reason in words, with both sides' values
    record Refused(NotificationMessage notification, String reason) implements OpenCheck {}

    static OpenCheck check(OpenMessage open, PeerSettings settings) {
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
        common.retainAll(offered);
        if (common.isEmpty()) {
            return refused(
                    ErrorCode.UNSUPPORTED_CAPABILITY,
                    insistedOn(settings.families()),
                    "the peer offers %s, configured is %s"
                            .formatted(FamilyText.of(offered), FamilyText.of(settings.families())));
        }
        return new Accepted(negotiated(open, settings, internal, offered, common));
    }

    private static Negotiated negotiated(
            OpenMessage open,
            PeerSettings settings,
            boolean internal,
            Set<IpFamily> offered,
            Set<IpFamily> common) {
        Duration hold = min(settings.holdTime(), open.holdTime());
        Duration third = hold.dividedBy(3);
        return new Negotiated(
                open.asn(),
                open.bgpIdentifier(),
                offered,
                common,
                open.capability(RouteRefreshCapability.class).isPresent(),
                hold,
                settings.keepalive().map(wanted -> min(wanted, third)).orElse(third),
                wire(open, internal, common));
    }

    private static WireOptions wire(OpenMessage open, boolean internal, Set<IpFamily> common) {
        return (internal ? WireOptions.INTERNAL : WireOptions.EXTERNAL)
                .withFourOctetAs(open.capability(FourOctetAsCapability.class).isPresent())
                .withFamilies(
                        common.stream().map(AddressFamily::unicast).collect(Collectors.toSet()));
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
