package dev.twinstack.config;

import dev.twinstack.allocation.Pool;
import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.LargeCommunity;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.selector.LabelSelector;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// One BGPAdvertisement with everything looked up.
///
/// @param pools the names of the pools it announces; none means none
/// @param localPref LOCAL_PREF towards iBGP peers; empty leaves it to the speaker
/// @param communities aliases replaced by what they stand for
/// @param nodeSelectors empty: every node
/// @param peers names of BGPPeers, which need not exist; empty: every peer
/// @param serviceSelectors empty: every Service
public record BgpAdvertisement(
        String name,
        Set<String> pools,
        int aggregationLength,
        int aggregationLengthV6,
        OptionalLong localPref,
        SortedSet<Community> communities,
        SortedSet<LargeCommunity> largeCommunities,
        List<LabelSelector> nodeSelectors,
        Set<String> peers,
        List<LabelSelector> serviceSelectors) {

    public BgpAdvertisement {
        pools = Set.copyOf(pools);
        communities = Collections.unmodifiableSortedSet(new TreeSet<>(communities));
        largeCommunities = Collections.unmodifiableSortedSet(new TreeSet<>(largeCommunities));
        nodeSelectors = List.copyOf(nodeSelectors);
        peers = Set.copyOf(peers);
        serviceSelectors = List.copyOf(serviceSelectors);
    }

    public boolean selectsNode(Map<String, String> labels) {
        return Selectors.anyMatches(nodeSelectors, labels);
    }

    public boolean selectsService(Map<String, String> labels) {
        return Selectors.anyMatches(serviceSelectors, labels);
    }

    public boolean selectsPeer(String peer) {
        return peers.isEmpty() || peers.contains(peer);
    }

    /// The route that stands for this address.
    public IpPrefix aggregate(IpAddress address) {
        return new IpPrefix(
                address,
                switch (address.family()) {
                    case IPV4 -> aggregationLength;
                    case IPV6 -> aggregationLengthV6;
                });
    }

    /// Whether no aggregate is wider than a range of the pool: it would announce foreign addresses.
    boolean fits(Pool pool) {
        return pool.ranges().stream()
                .allMatch(range -> aggregate(range.first()).length() >= range.widestPrefixLength());
    }

    BgpAdvertisement withPools(Set<String> others) {
        return new BgpAdvertisement(
                name,
                others,
                aggregationLength,
                aggregationLengthV6,
                localPref,
                communities,
                largeCommunities,
                nodeSelectors,
                peers,
                serviceSelectors);
    }
}
