package dev.twinstack.operator.speaker;

import dev.twinstack.bgp.GracefulRestart;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.PeerSettingsBuilder;
import dev.twinstack.config.Peer;
import dev.twinstack.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Makes the settings of this node's sessions from the configured peers.
///
/// @param settings of the peers that a session can be held with
/// @param problems what stands against the others, one line each
record PeerSetup(List<PeerSettings> settings, List<Problem> problems) {

    /// Why there is no session with a peer.
    record Problem(String peer, String reason) {}

    static PeerSetup of(List<Peer> peers, NodeAddresses addresses) {
        List<PeerSettings> settings = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Peer peer : peers) {
            try {
                switch (peer.endpoint()) {
                    case Peer.Endpoint.Address(IpAddress address) ->
                            settings.add(settings(peer, address, addresses));
                    case Peer.Endpoint.Interface(String name) ->
                            problems.add(
                                    new Problem(
                                            peer.name(),
                                            "sessions over interface %s without an address are not supported yet"
                                                    .formatted(name)));
                }
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(peer.name(), String.valueOf(e.getMessage())));
            }
        }
        return new PeerSetup(settings, problems);
    }

    /// Both families are offered on every session: what the router does not name is not sent. Only
    /// `disableMP` without `dualStackAddressFamily` leaves a session to the family of its address.
    private static PeerSettings settings(Peer peer, IpAddress address, NodeAddresses node) {
        PeerSettingsBuilder builder =
                PeerSettings.builder(peer.name(), address)
                        .port(peer.port())
                        .localAsn(peer.localAsn().orElse(peer.myAsn()))
                        .peerAsn(peer.peerAsn())
                        .routerId(peer.routerId().orElseGet(node::routerId))
                        .sourceAddress(peer.sourceAddress().orElse(null))
                        .holdTime(peer.timers().hold())
                        .keepalive(peer.timers().keepalive().orElse(null))
                        .password(peer.password().orElse(null))
                        .gracefulRestart(peer.gracefulRestart() ? GracefulRestart.DEFAULT : null);
        if (peer.disableMp() && !peer.dualStackAddressFamily()) {
            builder.families(Set.of(address.family()));
        }
        PeerRulesSetup.apply(peer.rules(), builder);
        peer.timers().connect().ifPresent(builder::connectRetry);
        node.byFamily().values().forEach(builder::nextHop);
        return builder.build();
    }
}
