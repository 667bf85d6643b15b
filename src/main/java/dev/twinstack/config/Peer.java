package dev.twinstack.config;

import dev.twinstack.bgp.Password;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.selector.LabelSelector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One BGPPeer: a router that the selected nodes hold a session with. Its password shows nowhere.
///
/// @param localAsn shown to an eBGP peer in place of `myAsn`
/// @param sourceAddress of the family of the peer's address
/// @param routerId an IPv4 address; empty leaves it to the speaker. (MetalLB takes an IPv6 literal
///   here, which can be no BGP identifier: it counts as not written.)
/// @param nodeSelectors empty: every node
/// @param bfdProfile a key of [ClusterConfig#bfdProfiles]
/// @param disableMp one family only, that of the peer's address, unless `dualStackAddressFamily` is
///   set too
/// @param dualStackAddressFamily whether routes of the other family are wanted explicitly
/// @param rules of the PeerPolicy that is in force on it
public record Peer(
        String name,
        Asn myAsn,
        PeerAsn peerAsn,
        Optional<Asn> localAsn,
        Endpoint endpoint,
        Optional<IpAddress> sourceAddress,
        int port,
        Timers timers,
        Optional<IpAddress> routerId,
        List<LabelSelector> nodeSelectors,
        Optional<Password> password,
        Optional<String> bfdProfile,
        boolean gracefulRestart,
        boolean ebgpMultiHop,
        Optional<String> vrf,
        boolean disableMp,
        boolean dualStackAddressFamily,
        PeerRules rules) {

    public Peer {
        nodeSelectors = List.copyOf(nodeSelectors);
    }

    /// Without a PeerPolicy.
    public Peer(
            String name,
            Asn myAsn,
            PeerAsn peerAsn,
            Optional<Asn> localAsn,
            Endpoint endpoint,
            Optional<IpAddress> sourceAddress,
            int port,
            Timers timers,
            Optional<IpAddress> routerId,
            List<LabelSelector> nodeSelectors,
            Optional<Password> password,
            Optional<String> bfdProfile,
            boolean gracefulRestart,
            boolean ebgpMultiHop,
            Optional<String> vrf,
            boolean disableMp,
            boolean dualStackAddressFamily) {
        this(
                name,
                myAsn,
                peerAsn,
                localAsn,
                endpoint,
                sourceAddress,
                port,
                timers,
                routerId,
                nodeSelectors,
                password,
                bfdProfile,
                gracefulRestart,
                ebgpMultiHop,
                vrf,
                disableMp,
                dualStackAddressFamily,
                PeerRules.NONE);
    }

    Peer withRules(PeerRules other) {
        return new Peer(
                name,
                myAsn,
                peerAsn,
                localAsn,
                endpoint,
                sourceAddress,
                port,
                timers,
                routerId,
                nodeSelectors,
                password,
                bfdProfile,
                gracefulRestart,
                ebgpMultiHop,
                vrf,
                disableMp,
                dualStackAddressFamily,
                other);
    }

    /// Where the peer is found.
    public sealed interface Endpoint {

        /// At a known address.
        record Address(IpAddress address) implements Endpoint {

            @Override
            public String toString() {
                return address.toString();
            }
        }

        /// The only router behind an interface of the node (unnumbered BGP).
        record Interface(String name) implements Endpoint {

            @Override
            public String toString() {
                return "interface " + name;
            }
        }
    }

    /// Whole seconds.
    ///
    /// @param hold 0, or 3 s to 65535 s
    /// @param keepalive at least 1 s; empty: a third of the negotiated hold time
    /// @param connect 1 s to 65535 s; empty leaves it to the speaker
    public record Timers(Duration hold, Optional<Duration> keepalive, Optional<Duration> connect) {}

    public boolean selectsNode(Map<String, String> labels) {
        return Selectors.anyMatches(nodeSelectors, labels);
    }

    public Optional<IpAddress> address() {
        return switch (endpoint) {
            case Endpoint.Address at -> Optional.of(at.address());
            case Endpoint.Interface on -> Optional.empty();
        };
    }
}
