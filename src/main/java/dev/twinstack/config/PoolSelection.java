package dev.twinstack.config;

import dev.twinstack.allocation.Pool;
import dev.twinstack.crd.Selector;
import dev.twinstack.selector.LabelSelector;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The pools in force and their labels, for advertisements to choose from.
final class PoolSelection {

    private final List<Pool> pools;
    private final Map<String, Map<String, String>> labels;

    /// @param labels of the IPAddressPool objects, by name
    PoolSelection(List<Pool> pools, Map<String, Map<String, String>> labels) {
        this.pools = List.copyOf(pools);
        this.labels = Map.copyOf(labels);
    }

    /// The pools named and the pools that match; without names and selectors all of them. Names
    /// without a pool are let pass.
    List<Pool> choose(Problems problems, List<String> names, List<Selector> written) {
        problems.refuseRepeats("spec.ipAddressPools", names);
        List<LabelSelector> selectors =
                Selectors.distinct(problems, "spec.ipAddressPoolSelectors", written);
        if (names.isEmpty() && written.isEmpty()) {
            return pools;
        }
        Set<String> named = new HashSet<>(names);
        return pools.stream()
                .filter(pool -> named.contains(pool.name()) || matches(selectors, pool))
                .toList();
    }

    private boolean matches(List<LabelSelector> selectors, Pool pool) {
        Map<String, String> its = labels.getOrDefault(pool.name(), Map.of());
        return selectors.stream().anyMatch(selector -> selector.matches(its));
    }

    static Set<String> names(List<Pool> pools) {
        Set<String> names = new HashSet<>();
        pools.forEach(pool -> names.add(pool.name()));
        return names;
    }
}
