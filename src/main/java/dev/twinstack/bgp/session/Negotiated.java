package dev.twinstack.bgp.session;

import dev.twinstack.bgp.CapabilityStatus;
import dev.twinstack.bgp.wire.WireOptions;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What both OPENs together say.
///
/// @param remoteFamilies what the peer offered, as far as we know it
/// @param families what both offered: nothing of another family may be sent
/// @param agreement what else both named
/// @param holdTime zero: no keepalives, no hold timer
/// @param keepalive zero with a hold time of zero
/// @param capabilities who named what, for people
/// @param wire what follows for the octets: size of AS numbers, iBGP or eBGP, families
public record Negotiated(
        Asn remoteAsn,
        IpAddress remoteRouterId,
        Set<IpFamily> remoteFamilies,
        Set<IpFamily> families,
        Agreement agreement,
        Duration holdTime,
        Duration keepalive,
        List<CapabilityStatus> capabilities,
        WireOptions wire) {

    public Negotiated {
        remoteFamilies = frozen(remoteFamilies);
        families = frozen(families);
        capabilities = List.copyOf(capabilities);
    }

    /// Whether this is an iBGP session.
    public boolean internal() {
        return wire.internal();
    }

    private static Set<IpFamily> frozen(Set<IpFamily> families) {
        return families.isEmpty()
                ? Set.of()
                : Collections.unmodifiableSet(EnumSet.copyOf(families));
    }
}
