package dev.twinstack.bgp;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
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
/// @param holdTime offered; 0, or 3 to 65535 s
/// @param keepalive at most this often; empty: a third of the negotiated hold time
/// @param connectRetry the longest wait between two connection attempts
/// @param families what to offer
/// @param password TCP MD5 key
/// @param ttlSecurity RFC 5082: how many hops away the peer may be, 1 to 254; sends with TTL 255
///   and takes no less than what is left after so many. Empty: the kernel's TTL, and any is taken
/// @param passive wait for the peer to connect, never connect
/// @param extendedNextHop offer IPv4 routes with IPv6 next hops (RFC 8950)
/// @param gracefulRestart whether the peer shall keep our routes while we restart
/// @param role what we are to an eBGP peer; a peer that says so too must fit
/// @param prefixLimit how many prefixes of the peer are too many; empty: any number is read
/// @param acceptFrom who else gets a session like this one
/// @param export what is said with every route
public record PeerSettings(
        String name,
        IpAddress address,
        int port,
        Asn localAsn,
        PeerAsn peerAsn,
        IpAddress routerId,
        Optional<IpAddress> sourceAddress,
        Duration holdTime,
        Optional<Duration> keepalive,
        Duration connectRetry,
        Set<IpFamily> families,
        Optional<Password> password,
        OptionalInt ttlSecurity,
        boolean passive,
        boolean extendedNextHop,
        Optional<GracefulRestart> gracefulRestart,
        Optional<Role> role,
        OptionalInt prefixLimit,
        Optional<AcceptFrom> acceptFrom,
        ExportPolicy export) {

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
        check(
                ttlSecurity.isEmpty() || isHops(ttlSecurity.getAsInt()),
                "%s hops of TTL security are not 1 to 254",
                ttlSecurity);
        check(!families.isEmpty(), "no address family for peer %s", name);
        check(
                sourceAddress.isEmpty() || sourceAddress.get().family() == address.family(),
                "source address %s is of another family than the peer's",
                sourceAddress);
        families = Collections.unmodifiableSet(EnumSet.copyOf(families));
        requireNonNull(gracefulRestart, "gracefulRestart");
        requireNonNull(role, "role");
        requireNonNull(acceptFrom, "acceptFrom");
        requireNonNull(export, "export");
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

    /// Whether the same session can go on with these: only what is said with routes differs, or who
    /// else gets such a session.
    boolean isSameSession(PeerSettings other) {
        return copy(name, address, passive, other.acceptFrom, other.export).equals(other);
    }

    /// The same session, with something else said with its routes.
    public PeerSettings with(ExportPolicy other) {
        return copy(name, address, passive, acceptFrom, other);
    }

    /// The settings for one that [#acceptFrom] lets in.
    PeerSettings forGuest(IpAddress caller) {
        return copy(name + "@" + caller, caller, true, Optional.empty(), export);
    }

    private PeerSettings copy(
            String name,
            IpAddress address,
            boolean passive,
            Optional<AcceptFrom> acceptFrom,
            ExportPolicy export) {
        return new PeerSettings(
                name,
                address,
                port,
                localAsn,
                peerAsn,
                routerId,
                sourceAddress.filter(own -> own.family() == address.family()),
                holdTime,
                keepalive,
                connectRetry,
                families,
                password,
                ttlSecurity,
                passive,
                extendedNextHop,
                gracefulRestart,
                role,
                prefixLimit,
                acceptFrom,
                export);
    }

    private static boolean isHops(int hops) {
        return hops >= 1 && hops <= 254;
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
