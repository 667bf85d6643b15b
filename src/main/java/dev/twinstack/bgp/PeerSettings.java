package dev.twinstack.bgp;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All that one session needs to know. Two equal settings are the same session: [BgpSpeaker] leaves
/// it alone. Made with [#builder].
///
/// @param name what statuses, events and routes call the peer; unique in a speaker
/// @param port the peer's port, ours when it is passive is the speaker's affair
/// @param localAsn our AS number in this session
/// @param peerAsn what the peer may name
/// @param routerId our BGP identifier, an IPv4 address other than 0.0.0.0 (RFC 6286)
/// @param sourceAddress where to connect from; empty lets the kernel choose
/// @param nextHops this node's address of each family, for routes of the family the session is not
///   carried over
/// @param holdTime offered; 0, or 3 to 65535 s
/// @param keepalive at most this often; empty: a third of the negotiated hold time
/// @param connectRetry the longest wait between two connection attempts
/// @param families what to offer
/// @param password TCP MD5 key
/// @param ebgpMultihop whether an eBGP peer may be more than one hop away
/// @param ttlSecurity RFC 5082: send with TTL 255 and take nothing less
/// @param passive wait for the peer to connect, never connect
public record PeerSettings(
        String name,
        IpAddress address,
        int port,
        Asn localAsn,
        PeerAsn peerAsn,
        IpAddress routerId,
        Optional<IpAddress> sourceAddress,
        Map<IpFamily, IpAddress> nextHops,
        Duration holdTime,
        Optional<Duration> keepalive,
        Duration connectRetry,
        Set<IpFamily> families,
        Optional<Password> password,
        boolean ebgpMultihop,
        boolean ttlSecurity,
        boolean passive) {

    public static final int BGP_PORT = 179;

    public PeerSettings {
        requireNonNull(name, "name");
        requireNonNull(peerAsn, "peerAsn");
        requireNonNull(password, "password");
        check(port > 0 && port <= 65535, "port %s is not in 1..65535", port);
        check(!localAsn.isReserved(), "AS %s can't be used (RFC 7607)", localAsn);
        check(
                routerId.family() == IpFamily.IPV4 && !routerId.isUnspecified(),
                "router ID %s is not an IPv4 address other than 0.0.0.0",
                routerId);
        check(isHoldTime(holdTime), "hold time %s is neither 0 nor 3 s to 65535 s", holdTime);
        check(
                keepalive.isEmpty() || keepalive.get().toSeconds() >= 1,
                "keepalive time %s is less than 1 s",
                keepalive);
        check(connectRetry.toMillis() > 0, "connect retry time %s is not positive", connectRetry);
        check(!families.isEmpty(), "no address family for peer %s", name);
        check(
                sourceAddress.isEmpty() || sourceAddress.get().family() == address.family(),
                "source address %s is of another family than the peer's",
                sourceAddress);
        families = Collections.unmodifiableSet(EnumSet.copyOf(families));
        nextHops = frozen(nextHops);
    }

    /// Settings with the protocol's defaults for everything but the AS numbers and router ID.
    public static PeerSettingsBuilder builder(String name, IpAddress address) {
        return new PeerSettingsBuilder(name, address);
    }

    /// Whether the configuration alone says that this is an iBGP session.
    public boolean isSurelyInternal() {
        return switch (peerAsn) {
            case PeerAsn.Exactly(Asn asn) -> asn.equals(localAsn);
            case PeerAsn.Internal _ -> true;
            case PeerAsn.External _ -> false;
        };
    }

    private static Map<IpFamily, IpAddress> frozen(Map<IpFamily, IpAddress> nextHops) {
        nextHops.forEach((family, address) ->
                check(
                        address.family() == family,
                        "next hop %s is not an address of the family named",
                        address));
        return nextHops.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(nextHops));
    }

    private static boolean isHoldTime(Duration holdTime) {
        return holdTime.isZero() || (holdTime.toSeconds() >= 3 && holdTime.toSeconds() <= 65535);
    }

    private static void check(boolean condition, String format, Object value) {
        if (!condition) {
            throw new IllegalArgumentException(format.formatted(value));
        }
    }
}
