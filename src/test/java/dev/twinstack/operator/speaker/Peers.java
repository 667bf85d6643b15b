package dev.twinstack.operator.speaker;

import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.config.Peer;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Configured peers for tests.
final class Peers {

    private Peers() {}

    /// A peer of our own AS with defaults for the rest.
    static Peer ibgp(String name) {
        return at(name, "192.0.2.1");
    }

    static Peer at(String name, String address) {
        return on(name, new Peer.Endpoint.Address(IpAddress.parse(address)));
    }

    static Peer on(String name, Peer.Endpoint endpoint) {
        return of(name, endpoint, Optional.empty(), false, false, false);
    }

    /// At 192.0.2.1.
    static Peer withBfd(String name, Optional<String> profile, boolean ebgpMultiHop) {
        Peer.Endpoint endpoint = new Peer.Endpoint.Address(IpAddress.parse("192.0.2.1"));
        return of(name, endpoint, profile, ebgpMultiHop, false, false);
    }

    /// A peer with MetalLB's `disableMP` and `dualStackAddressFamily`.
    static Peer withFamilySwitches(String address, boolean disableMp, boolean dualStack) {
        Peer.Endpoint endpoint = new Peer.Endpoint.Address(IpAddress.parse(address));
        return of("tor", endpoint, Optional.empty(), false, disableMp, dualStack);
    }

    private static Peer of(
            String name,
            Peer.Endpoint endpoint,
            Optional<String> bfdProfile,
            boolean ebgpMultiHop,
            boolean disableMp,
            boolean dualStack) {
        return new Peer(
                name,
                new Asn(64512),
                PeerAsn.exactly(64512),
                Optional.empty(),
                endpoint,
                Optional.empty(),
                179,
                new Peer.Timers(Duration.ofSeconds(90), Optional.empty(), Optional.empty()),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                bfdProfile,
                false,
                ebgpMultiHop,
                Optional.empty(),
                disableMp,
                dualStack);
    }
}
