package dev.twinstack.config;

import dev.twinstack.allocation.Pool;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Two advertisements must not ask for different LOCAL_PREFs of one route: one pool, one aggregate,
/// a common node and a common peer. The older advertisement keeps the pool.
final class LocalPrefConflicts {

    private record Accepted(BgpAdvertisement advertisement, Set<String> nodes) {}

    private final Map<String, Map<String, String>> nodeLabels;
    private final Map<String, Set<IpFamily>> families;
    private final Map<String, List<Accepted>> byPool = new HashMap<>();

    LocalPrefConflicts(Collection<Pool> pools, Map<String, Map<String, String>> nodeLabels) {
        this.nodeLabels = nodeLabels;
        this.families =
                pools.stream()
                        .collect(
                                Collectors.toMap(
                                        Pool::name,
                                        pool ->
                                                pool.ranges().stream()
                                                        .map(IpRange::family)
                                                        .collect(Collectors.toSet())));
    }

    /// The advertisement without the pools it must leave to older ones.
    BgpAdvertisement admit(BgpAdvertisement advertisement, Problems problems) {
        Accepted candidate = new Accepted(advertisement, nodesOf(advertisement));
        Set<String> kept = new HashSet<>();
        for (String pool : advertisement.pools().stream().sorted().toList()) {
            List<Accepted> elders = byPool.computeIfAbsent(pool, name -> new ArrayList<>());
            Optional<Accepted> rival =
                    elders.stream().filter(elder -> conflict(pool, elder, candidate)).findFirst();
            if (rival.isPresent()) {
                problems.conflict("spec.localPref", text(pool, advertisement, rival.get()));
            } else {
                elders.add(candidate);
                kept.add(pool);
            }
        }
        return advertisement.withPools(kept);
    }

    private static String text(String pool, BgpAdvertisement advertisement, Accepted rival) {
        return "%s for pool %s, but %s of the older BGPAdvertisement %s for the same routes: that pool is not announced by this"
                .formatted(
                        advertisement.localPref().orElse(0),
                        pool,
                        rival.advertisement().localPref().orElse(0),
                        rival.advertisement().name());
    }

    private boolean conflict(String pool, Accepted one, Accepted other) {
        return !one.advertisement().localPref().equals(other.advertisement().localPref())
                && sameAggregate(pool, one.advertisement(), other.advertisement())
                && !Collections.disjoint(one.nodes(), other.nodes())
                && samePeer(one.advertisement().peers(), other.advertisement().peers());
    }

    private boolean sameAggregate(String pool, BgpAdvertisement one, BgpAdvertisement other) {
        return families.getOrDefault(pool, Set.of()).stream()
                .anyMatch(family ->
                        switch (family) {
                            case IPV4 -> one.aggregationLength() == other.aggregationLength();
                            case IPV6 -> one.aggregationLengthV6() == other.aggregationLengthV6();
                        });
    }

    private static boolean samePeer(Set<String> one, Set<String> other) {
        return one.isEmpty() || other.isEmpty() || !Collections.disjoint(one, other);
    }

    private Set<String> nodesOf(BgpAdvertisement advertisement) {
        return nodeLabels.entrySet().stream()
                .filter(node -> advertisement.selectsNode(node.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
