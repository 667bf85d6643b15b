package dev.twinstack.operator.testing;

import dev.twinstack.bgp.CapabilityStatus;
import dev.twinstack.bgp.DrainState;
import dev.twinstack.bgp.FamilyStatus;
import dev.twinstack.bgp.MessageCounters;
import dev.twinstack.bgp.SessionCounters;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Statuses of the session with the peer `tor` at 192.0.2.1.
public final class SessionStatuses {

    private static final Instant TEN = Instant.parse("2026-01-01T10:00:00.123Z");

    private SessionStatuses() {}

    /// Established; the peer took three IPv4 routes and did not offer IPv6.
    public static SessionStatus ipv4Only() {
        return ipv4Only(DrainState.NONE);
    }

    public static SessionStatus ipv4Only(DrainState drain) {
        return new SessionStatus(
                "tor",
                IpAddress.parse("192.0.2.1"),
                179,
                new Asn(64512),
                SessionState.ESTABLISHED,
                TEN,
                drain,
                Set.of(IpFamily.IPV6, IpFamily.IPV4),
                Set.of(IpFamily.IPV4),
                Set.of(IpFamily.IPV4),
                Map.of(
                        IpFamily.IPV4,
                        new FamilyStatus(3, 0, 0, Optional.empty()),
                        IpFamily.IPV6,
                        new FamilyStatus(0, 0, 2, Optional.of("the peer did not offer IPv6"))),
                Optional.of(Duration.ofSeconds(9)),
                Optional.of(Duration.ofSeconds(3)),
                List.of(
                        new CapabilityStatus("IPv4 unicast", true, true, true, Optional.empty()),
                        new CapabilityStatus("IPv6 unicast", true, false, false, Optional.empty())),
                Optional.of(new Asn(64500)),
                Optional.of(IpAddress.parse("192.0.2.254")),
                Optional.of(IpAddress.parse("192.0.2.10")),
                Optional.empty(),
                new SessionCounters(
                        new MessageCounters(1, 4, 0, 3, 0),
                        new MessageCounters(1, 2, 0, 5, 1),
                        1,
                        3,
                        0));
    }

    /// Not established, and nothing known of the peer.
    public static SessionStatus inState(SessionState state) {
        return new SessionStatus(
                "tor",
                IpAddress.parse("192.0.2.1"),
                179,
                new Asn(64512),
                state,
                TEN,
                DrainState.NONE,
                Set.of(IpFamily.IPV6, IpFamily.IPV4),
                Set.of(),
                Set.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("nobody listens there"),
                new SessionCounters(MessageCounters.ZERO, MessageCounters.ZERO, 0, 0, 0));
    }
}
