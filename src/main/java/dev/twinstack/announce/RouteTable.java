package dev.twinstack.announce;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.net.IpPrefix;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The routes of all Services added up per peer, with a count of which Services stand behind each
/// prefix: a prefix goes only with its last Service, and a change of one Service touches only its
/// own prefixes.
///
/// Changes gather until [#takeChanges]; what was changed back in between is no change. So a new
/// configuration can be applied Service by Service without telling a peer of the states between.
///
/// Not thread-safe.
public final class RouteTable {

    private final Map<ServiceKey, Map<String, Map<IpPrefix, RouteAttributes>>> byService =
            new HashMap<>();
    private final Map<String, Map<IpPrefix, PrefixServices>> byPeer = new HashMap<>();

    /// What the peer had for a prefix when changes were last taken; `null` for nothing.
    private final Map<String, Map<IpPrefix, @Nullable RouteAttributes>> before =
            new LinkedHashMap<>();

    /// Replaces all that this Service contributes; empty routes remove it.
    public void put(ServiceKey service, Map<String, Map<IpPrefix, RouteAttributes>> routes) {
        Map<String, Map<IpPrefix, RouteAttributes>> old =
                routes.isEmpty() ? byService.remove(service) : byService.put(service, routes);
        if (old != null) {
            old.forEach((peer, prefixes) -> dropMissing(service, peer, prefixes, routes));
        }
        routes.forEach((peer, prefixes) ->
                prefixes.forEach((prefix, attributes) -> add(service, peer, prefix, attributes)));
    }

    /// Takes away all that this Service contributes.
    public void remove(ServiceKey service) {
        put(service, Map.of());
    }

    /// What differs for each peer since the last call. Peers without a difference are missing.
    public Map<String, RouteChanges> takeChanges() {
        Map<String, RouteChanges> changes = new LinkedHashMap<>();
        before.forEach((peer, prefixes) -> {
            RouteChanges change = changes(peer, prefixes);
            if (!change.isEmpty()) {
                changes.put(peer, change);
            }
        });
        before.clear();
        return changes;
    }

    /// All that the peer should have now, in order of the prefixes.
    public SortedMap<IpPrefix, RouteAttributes> routes(String peer) {
        SortedMap<IpPrefix, RouteAttributes> routes = new TreeMap<>();
        for (IpPrefix prefix : byPeer.getOrDefault(peer, Map.of()).keySet()) {
            RouteAttributes attributes = attributes(peer, prefix);
            if (attributes != null) {
                routes.put(prefix, attributes);
            }
        }
        return routes;
    }

    /// The Services behind a prefix at a peer, in order.
    public Set<ServiceKey> services(String peer, IpPrefix prefix) {
        PrefixServices services = byPeer.getOrDefault(peer, Map.of()).get(prefix);
        return services == null ? Set.of() : services.services();
    }

    private void dropMissing(
            ServiceKey service,
            String peer,
            Map<IpPrefix, RouteAttributes> old,
            Map<String, Map<IpPrefix, RouteAttributes>> routes) {
        Map<IpPrefix, RouteAttributes> kept = routes.getOrDefault(peer, Map.of());
        for (IpPrefix prefix : old.keySet()) {
            if (!kept.containsKey(prefix)) {
                drop(service, peer, prefix);
            }
        }
    }

    private void add(ServiceKey service, String peer, IpPrefix prefix, RouteAttributes attributes) {
        PrefixServices services =
                byPeer.computeIfAbsent(peer, any -> new HashMap<>())
                        .computeIfAbsent(prefix, any -> new PrefixServices());
        if (!attributes.equals(services.of(service))) {
            remember(peer, prefix);
            services.put(service, attributes);
        }
    }

    private void drop(ServiceKey service, String peer, IpPrefix prefix) {
        Map<IpPrefix, PrefixServices> prefixes = byPeer.getOrDefault(peer, Map.of());
        PrefixServices services = prefixes.get(prefix);
        if (services == null) {
            return;
        }
        remember(peer, prefix);
        services.remove(service);
        if (services.isEmpty()) {
            prefixes.remove(prefix);
            if (prefixes.isEmpty()) {
                byPeer.remove(peer);
            }
        }
    }

    private void remember(String peer, IpPrefix prefix) {
        Map<IpPrefix, @Nullable RouteAttributes> seen =
                before.computeIfAbsent(peer, any -> new LinkedHashMap<>());
        if (!seen.containsKey(prefix)) {
            seen.put(prefix, attributes(peer, prefix));
        }
    }

    private @Nullable RouteAttributes attributes(String peer, IpPrefix prefix) {
        PrefixServices services = byPeer.getOrDefault(peer, Map.of()).get(prefix);
        return services == null ? null : services.united();
    }

    private RouteChanges changes(String peer, Map<IpPrefix, @Nullable RouteAttributes> old) {
        Map<IpPrefix, RouteAttributes> announced = new HashMap<>();
        Set<IpPrefix> withdrawn = new TreeSet<>();
        old.forEach((prefix, earlier) -> {
            RouteAttributes now = attributes(peer, prefix);
            if (now == null && earlier != null) {
                withdrawn.add(prefix);
            } else if (now != null && !now.equals(earlier)) {
                announced.put(prefix, now);
            }
        });
        return new RouteChanges(announced, withdrawn);
    }
}
