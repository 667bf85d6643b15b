package dev.twinstack.config;

import dev.twinstack.allocation.Pool;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The configuration in force. Every list is ordered by name, so that equal configurations are
/// equal values. Pools carry the policy that is in force on them; `policies` tells which that is.
public record ClusterConfig(
        List<Pool> pools,
        List<Peer> peers,
        List<BgpAdvertisement> bgpAdvertisements,
        List<Layer2Advertisement> layer2Advertisements,
        Map<String, BfdProfile> bfdProfiles,
        List<PolicyInForce> policies) {

    /// Nothing configured.
    public static final ClusterConfig EMPTY =
            new ClusterConfig(List.of(), List.of(), List.of(), List.of(), Map.of());

    /// Without any policy.
    public ClusterConfig(
            List<Pool> pools,
            List<Peer> peers,
            List<BgpAdvertisement> bgpAdvertisements,
            List<Layer2Advertisement> layer2Advertisements,
            Map<String, BfdProfile> bfdProfiles) {
        this(pools, peers, bgpAdvertisements, layer2Advertisements, bfdProfiles, List.of());
    }

    public ClusterConfig {
        pools = List.copyOf(pools);
        peers = List.copyOf(peers);
        bgpAdvertisements = List.copyOf(bgpAdvertisements);
        layer2Advertisements = List.copyOf(layer2Advertisements);
        bfdProfiles = Map.copyOf(bfdProfiles);
        policies = List.copyOf(policies);
    }

    public Optional<Pool> pool(String name) {
        return pools.stream().filter(pool -> pool.name().equals(name)).findFirst();
    }

    public Optional<Peer> peer(String name) {
        return peers.stream().filter(peer -> peer.name().equals(name)).findFirst();
    }
}
