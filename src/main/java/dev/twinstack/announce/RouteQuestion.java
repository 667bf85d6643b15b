package dev.twinstack.announce;

import static java.util.stream.Collectors.joining;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.config.ClusterConfig;
import dev.twinstack.config.Peer;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which peers shall have a prefix from which nodes, and why the others shall not. Decided by the
/// [AdvertisementPlanner] of each node, as its speaker does. Pure.
///
/// @param services those with an address in the prefix, and their endpoints
public record RouteQuestion(IpPrefix prefix, Map<ServiceView, ServingEndpoints> services) {

    public RouteQuestion {
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    }

    /// Whether a Service has an address in the prefix.
    public static boolean concerns(IpPrefix prefix, ServiceView service) {
        return service.loadBalancer()
                && service.ingress().stream()
                        .anyMatch(text -> parse(text).filter(prefix::contains).isPresent());
    }

    /// One verdict for each peer of the configuration, by name.
    public List<RouteVerdict> on(NodeView node, ClusterConfig config, boolean ignoreExcludeLabel) {
        AdvertisementPlanner planner = new AdvertisementPlanner(config, node, ignoreExcludeLabel);
        Map<ServiceKey, Announcement> announcements = new LinkedHashMap<>();
        RouteTable table = new RouteTable();
        services.forEach((service, endpoints) -> {
            Announcement announcement = planner.plan(service, endpoints);
            announcements.put(service.key(), announcement);
            table.put(service.key(), announcement.routes());
        });
        List<Peer> peers = planner.peers();
        return config.peers().stream()
                .sorted(Comparator.comparing(Peer::name))
                .map(peer ->
                        peers.contains(peer)
                                ? verdict(node, peer.name(), planner, announcements, table)
                                : new RouteVerdict.NotSelected(node.name(), peer.name()))
                .toList();
    }

    private RouteVerdict verdict(
            NodeView node,
            String peer,
            AdvertisementPlanner planner,
            Map<ServiceKey, Announcement> announcements,
            RouteTable table) {
        return table.routes(peer).entrySet().stream()
                .filter(route -> route.getKey().contains(prefix) || prefix.contains(route.getKey()))
                .min(Comparator.comparing(route -> !route.getKey().equals(prefix)))
                .<RouteVerdict>map(route ->
                        new RouteVerdict.Wanted(
                                node.name(),
                                peer,
                                route.getKey(),
                                route.getValue(),
                                List.copyOf(table.services(peer, route.getKey()))))
                .orElseGet(() ->
                        new RouteVerdict.Unwanted(
                                node.name(), peer, why(peer, planner, announcements)));
    }

    private static String why(
            String peer,
            AdvertisementPlanner planner,
            Map<ServiceKey, Announcement> announcements) {
        if (announcements.isEmpty()) {
            return "no Service has an address in it";
        }
        List<String> reasons = new ArrayList<>();
        announcements.forEach((service, announcement) ->
                reasons.add(
                        service
                                + ": "
                                + switch (announcement) {
                                    case Announcement.Silent silent -> silent.detail();
                                    case Announcement.Announced announced ->
                                            planner.whyNotTo(peer, announced.pool());
                                }));
        return reasons.stream().distinct().collect(joining("; "));
    }

    private static Optional<IpAddress> parse(String text) {
        try {
            return Optional.of(IpAddress.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
