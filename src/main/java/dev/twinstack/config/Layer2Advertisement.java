package dev.twinstack.config;

import dev.twinstack.selector.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One L2Advertisement with everything looked up.
///
/// @param pools the names of the pools it announces; none means none
/// @param interfaces empty: all that are not excluded
/// @param nodeSelectors empty: every node
/// @param serviceSelectors empty: every Service
public record Layer2Advertisement(
        String name,
        Set<String> pools,
        Set<String> interfaces,
        List<LabelSelector> nodeSelectors,
        List<Preference> preferences,
        List<LabelSelector> serviceSelectors) {

    /// Nodes that match are preferred by so much.
    public record Preference(int weight, LabelSelector nodes) {}

    public Layer2Advertisement {
        pools = Set.copyOf(pools);
        interfaces = Set.copyOf(interfaces);
        nodeSelectors = List.copyOf(nodeSelectors);
        preferences = List.copyOf(preferences);
        serviceSelectors = List.copyOf(serviceSelectors);
    }

    public boolean selectsNode(Map<String, String> labels) {
        return Selectors.anyMatches(nodeSelectors, labels);
    }

    public boolean selectsService(Map<String, String> labels) {
        return Selectors.anyMatches(serviceSelectors, labels);
    }

    /// How much a node with these labels is preferred: the sum of all preferences that match; 0 for
    /// a node that may not announce at all.
    public int preference(Map<String, String> nodeLabels) {
        if (!selectsNode(nodeLabels)) {
            return 0;
        }
        return preferences.stream()
                .filter(preference -> preference.nodes().matches(nodeLabels))
                .mapToInt(Preference::weight)
                .sum();
    }
}
