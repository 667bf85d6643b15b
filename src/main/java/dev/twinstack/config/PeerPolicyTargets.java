package dev.twinstack.config;

import dev.twinstack.config.PeerPolicyReader.Written;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings policies and peers together, older policies first. A policy holds for those of its peers
/// that are there and are nobody else's; what it says of others is said in its errors.
final class PeerPolicyTargets {

    private final Map<String, Peer> peers = new HashMap<>();
    private final Map<String, Written> byPeer = new HashMap<>();

    PeerPolicyTargets(List<Peer> peers) {
        peers.forEach(peer -> this.peers.put(peer.name(), peer));
    }

    /// Never nothing: a policy without a peer waits for one.
    Optional<Written> admit(Written written, Problems problems) {
        for (int i = 0; i < written.targets().size(); i++) {
            String path = "spec.targetRefs[%d]".formatted(i);
            String name = written.targets().get(i);
            Peer peer = peers.get(name);
            Written elder = byPeer.get(name);
            if (peer == null) {
                problems.missing(path, "there is no BGPPeer %s".formatted(name));
            } else if (elder != null) {
                problems.conflict(
                        path,
                        "PeerPolicy %s, which is older, is in force on peer %s"
                                .formatted(elder.name(), name));
            } else {
                byPeer.put(name, written);
            }
        }
        return Optional.of(written);
    }

    /// The peers, each with what is in force on it.
    List<Peer> peers() {
        return peers.values().stream()
                .map(peer ->
                        Optional.ofNullable(byPeer.get(peer.name()))
                                .map(policy -> peer.withRules(policy.rules()))
                                .orElse(peer))
                .toList();
    }
}
