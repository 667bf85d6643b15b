package dev.twinstack.bgp;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One session at one moment.
///
/// @param since when it entered this state
/// @param drain whether its traffic is taken away
/// @param localFamilies what we offer
/// @param remoteFamilies what the peer offered in its last OPEN; empty before
/// @param negotiatedFamilies what both offered; empty unless established
/// @param families routes per family of `localFamilies` and of any other one with wanted routes
/// @param negotiatedHoldTime the smaller of both offers; empty unless established; 0 means none
/// @param negotiatedKeepalive how often we send something at least; empty unless established
/// @param capabilities of the last session that stood; empty before
/// @param localAddress our end of the connection, when there is one
/// @param lastError why the session ended last or does not come up, with its likely cause
public record SessionStatus(
        String peer,
        IpAddress address,
        int port,
        Asn localAsn,
        SessionState state,
        Instant since,
        DrainState drain,
        Set<IpFamily> localFamilies,
        Set<IpFamily> remoteFamilies,
        Set<IpFamily> negotiatedFamilies,
        Map<IpFamily, FamilyStatus> families,
        Optional<Duration> negotiatedHoldTime,
        Optional<Duration> negotiatedKeepalive,
        List<CapabilityStatus> capabilities,
        Optional<Asn> remoteAsn,
        Optional<IpAddress> remoteRouterId,
        Optional<IpAddress> localAddress,
        Optional<String> lastError,
        SessionCounters counters) {

    public SessionStatus {
        requireNonNull(peer, "peer");
        localFamilies = Set.copyOf(localFamilies);
        remoteFamilies = Set.copyOf(remoteFamilies);
        negotiatedFamilies = Set.copyOf(negotiatedFamilies);
        families = Map.copyOf(families);
        capabilities = List.copyOf(capabilities);
    }

    public boolean isEstablished() {
        return state == SessionState.ESTABLISHED;
    }
}
