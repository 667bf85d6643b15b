package dev.twinstack.bgp;

import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Builds [PeerSettings]. AS numbers and router ID have no default; hold time is 90 s, the port
/// 179, both families are offered, failed connections are retried at least every 5 s.
public final class PeerSettingsBuilder {

    private final String name;
    private final IpAddress address;
    private final Map<IpFamily, IpAddress> nextHops = new EnumMap<>(IpFamily.class);
    private final Map<IpFamily, IpAddress> ownNextHops = new EnumMap<>(IpFamily.class);
    private int port = PeerSettings.BGP_PORT;
    private @Nullable Asn localAsn;
    private @Nullable PeerAsn peerAsn;
    private @Nullable IpAddress routerId;
    private @Nullable IpAddress sourceAddress;
    private Duration holdTime = Duration.ofSeconds(90);
    private @Nullable Duration keepalive;
    private Duration connectRetry = Duration.ofSeconds(5);
    private Set<IpFamily> families = EnumSet.allOf(IpFamily.class);
    private @Nullable Password password;
    private OptionalInt ttlSecurity = OptionalInt.empty();
    private boolean passive;
    private boolean extendedNextHop;
    private @Nullable GracefulRestart gracefulRestart;
    private @Nullable Role role;
    private OptionalInt prefixLimit = OptionalInt.empty();
    private @Nullable AcceptFrom acceptFrom;
    private OptionalLong med = OptionalLong.empty();
    private int prepend;
    private boolean gracefulShutdown;
    private @Nullable Duration drainTime;

    PeerSettingsBuilder(String name, IpAddress address) {
        this.name = name;
        this.address = address;
    }

    public PeerSettingsBuilder port(int port) {
        this.port = port;
        return this;
    }

    public PeerSettingsBuilder localAsn(Asn localAsn) {
        this.localAsn = localAsn;
        return this;
    }

    public PeerSettingsBuilder peerAsn(PeerAsn peerAsn) {
        this.peerAsn = peerAsn;
        return this;
    }

    public PeerSettingsBuilder routerId(IpAddress routerId) {
        this.routerId = routerId;
        return this;
    }

    public PeerSettingsBuilder sourceAddress(@Nullable IpAddress sourceAddress) {
        this.sourceAddress = sourceAddress;
        return this;
    }

    /// This node's address of one family, see [ExportPolicy#nextHops].
    public PeerSettingsBuilder nextHop(IpAddress nextHop) {
        nextHops.put(nextHop.family(), nextHop);
        return this;
    }

    public PeerSettingsBuilder holdTime(Duration holdTime) {
        this.holdTime = holdTime;
        return this;
    }

    public PeerSettingsBuilder keepalive(@Nullable Duration keepalive) {
        this.keepalive = keepalive;
        return this;
    }

    public PeerSettingsBuilder connectRetry(Duration connectRetry) {
        this.connectRetry = connectRetry;
        return this;
    }

    public PeerSettingsBuilder families(Set<IpFamily> families) {
        this.families = families;
        return this;
    }

    public PeerSettingsBuilder password(@Nullable Password password) {
        this.password = password;
        return this;
    }

    /// @param hops see [PeerSettings#ttlSecurity]
    public PeerSettingsBuilder ttlSecurity(int hops) {
        this.ttlSecurity = OptionalInt.of(hops);
        return this;
    }

    public PeerSettingsBuilder passive(boolean passive) {
        this.passive = passive;
        return this;
    }

    /// A next hop instead of the session's own address, see [ExportPolicy#ownNextHops].
    public PeerSettingsBuilder ownNextHop(IpAddress nextHop) {
        ownNextHops.put(nextHop.family(), nextHop);
        return this;
    }

    public PeerSettingsBuilder extendedNextHop(boolean extendedNextHop) {
        this.extendedNextHop = extendedNextHop;
        return this;
    }

    public PeerSettingsBuilder gracefulRestart(@Nullable GracefulRestart gracefulRestart) {
        this.gracefulRestart = gracefulRestart;
        return this;
    }

    public PeerSettingsBuilder role(@Nullable Role role) {
        this.role = role;
        return this;
    }

    public PeerSettingsBuilder prefixLimit(int prefixLimit) {
        this.prefixLimit = OptionalInt.of(prefixLimit);
        return this;
    }

    public PeerSettingsBuilder acceptFrom(@Nullable AcceptFrom acceptFrom) {
        this.acceptFrom = acceptFrom;
        return this;
    }

    public PeerSettingsBuilder med(long med) {
        this.med = OptionalLong.of(med);
        return this;
    }

    public PeerSettingsBuilder prepend(int prepend) {
        this.prepend = prepend;
        return this;
    }

    public PeerSettingsBuilder gracefulShutdown(boolean gracefulShutdown) {
        this.gracefulShutdown = gracefulShutdown;
        return this;
    }

    /// @param drainTime see [ExportPolicy#drainTime]
    public PeerSettingsBuilder drainTime(@Nullable Duration drainTime) {
        this.drainTime = drainTime;
        return this;
    }

    /// @throws IllegalArgumentException with one line that says what is wrong or missing
    public PeerSettings build() {
        return new PeerSettings(
                name,
                address,
                port,
                given(localAsn, "local AS"),
                given(peerAsn, "peer AS"),
                given(routerId, "router ID"),
                Optional.ofNullable(sourceAddress),
                holdTime,
                Optional.ofNullable(keepalive),
                connectRetry,
                families,
                Optional.ofNullable(password),
                ttlSecurity,
                passive,
                extendedNextHop,
                Optional.ofNullable(gracefulRestart),
                Optional.ofNullable(role),
                prefixLimit,
                Optional.ofNullable(acceptFrom),
                new ExportPolicy(
                        nextHops,
                        ownNextHops,
                        med,
                        prepend,
                        gracefulShutdown,
                        Optional.ofNullable(drainTime)));
    }

    private <T> T given(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalArgumentException("peer %s has no %s".formatted(name, what));
        }
        return value;
    }
}
