package dev.twinstack.bgp;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a [BgpRouter] is and who may talk to it.
///
/// @param listen where to wait for peers; may be empty if all are connected to
/// @param holdTime offered to all peers
/// @param dynamic who may connect without being a peer of its own
public record RouterSettings(
        Asn asn,
        IpAddress routerId,
        List<ListenAddress> listen,
        Duration holdTime,
        List<Peer> peers,
        List<DynamicPeers> dynamic) {

    /// So many prefixes of one peer are kept; one more ends its session with Cease 6/1.
    public static final int MAX_PREFIXES = 500_000;

    public RouterSettings {
        requireNonNull(asn, "asn");
        listen = List.copyOf(listen);
        peers = List.copyOf(peers);
        dynamic = List.copyOf(dynamic);
    }

    /// A neighbour.
    ///
    /// @param port where to connect to, unless it is passive
    /// @param passive wait for its call
    public record Peer(
            IpAddress address,
            int port,
            PeerAsn asn,
            Set<IpFamily> families,
            boolean passive,
            Optional<Password> password) {}

    /// Neighbours that come as they like.
    public record DynamicPeers(IpPrefix from, PeerAsn asn, Set<IpFamily> families) {}

    PeerSettings settings(Peer peer) {
        return PeerSettings.builder(peer.address().toString(), peer.address())
                .port(peer.port())
                .localAsn(asn)
                .peerAsn(peer.asn())
                .routerId(routerId)
                .holdTime(holdTime)
                .families(peer.families())
                .passive(peer.passive())
                .prefixLimit(MAX_PREFIXES)
                .password(peer.password().orElse(null))
                .build();
    }

    Optional<PeerSettings> settings(IpAddress stranger) {
        return dynamic.stream()
                .filter(range -> range.from().contains(stranger))
                .findFirst()
                .map(range ->
                        settings(
                                new Peer(
                                        stranger,
                                        PeerSettings.BGP_PORT,
                                        range.asn(),
                                        range.families(),
                                        true,
                                        Optional.empty())));
    }
}
