package dev.twinstack.bgp;

import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Builds [PeerSettings]. AS numbers and router ID have no default; hold time is 90 s, the port
/// 179, both families are offered, failed connections are retried at least every 5 s.
public final class PeerSettingsBuilder {

    private final String name;
    private final IpAddress address;
    private final Map<IpFamily, IpAddress> nextHops = new EnumMap<>(IpFamily.class);
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
    private boolean ebgpMultihop;
    private boolean ttlSecurity;
    private boolean passive;

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

    /// This node's address of one family, see [PeerSettings#nextHops].
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

    public PeerSettingsBuilder ebgpMultihop(boolean ebgpMultihop) {
        this.ebgpMultihop = ebgpMultihop;
        return this;
    }

    public PeerSettingsBuilder ttlSecurity(boolean ttlSecurity) {
        this.ttlSecurity = ttlSecurity;
        return this;
    }

    public PeerSettingsBuilder passive(boolean passive) {
        this.passive = passive;
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
                nextHops,
                holdTime,
                Optional.ofNullable(keepalive),
                connectRetry,
                families,
                Optional.ofNullable(password),
                ebgpMultihop,
                ttlSecurity,
                passive);
    }

    private <T> T given(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalArgumentException("peer %s has no %s".formatted(name, what));
        }
        return value;
    }
}
