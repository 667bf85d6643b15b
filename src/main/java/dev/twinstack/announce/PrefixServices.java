package dev.twinstack.announce;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.bgp.RouteAttributes;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The Services behind one prefix at one peer and the attributes each of them brings. Thousands of
/// them may share an aggregate, so the united attributes are made from the few distinct ones.
final class PrefixServices {

    private final SortedMap<ServiceKey, RouteAttributes> byService = new TreeMap<>();
    private final Map<RouteAttributes, Integer> distinct = new HashMap<>();

    boolean isEmpty() {
        return byService.isEmpty();
    }

    Set<ServiceKey> services() {
        return Collections.unmodifiableSet(new TreeSet<>(byService.keySet()));
    }

    @Nullable RouteAttributes of(ServiceKey service) {
        return byService.get(service);
    }

    void put(ServiceKey service, RouteAttributes attributes) {
        remove(service);
        byService.put(service, attributes);
        distinct.merge(attributes, 1, Integer::sum);
    }

    void remove(ServiceKey service) {
        RouteAttributes old = byService.remove(service);
        if (old != null) {
            distinct.computeIfPresent(old, (any, count) -> count == 1 ? null : count - 1);
        }
    }

    /// All communities, and the LOCAL_PREF of the first Service in the order of their keys, so that
    /// every node comes to the same one. `null` when there is no Service.
    @Nullable RouteAttributes united() {
        if (byService.isEmpty()) {
            return null;
        }
        RouteAttributes united = byService.firstEntry().getValue();
        for (RouteAttributes attributes : distinct.keySet()) {
            united = AttributeUnion.unite(united, attributes);
        }
        return united;
    }
}
