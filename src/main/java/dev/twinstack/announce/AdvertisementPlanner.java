package dev.twinstack.announce;

import static java.util.stream.Collectors.joining;

import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.config.BgpAdvertisement;
import dev.twinstack.config.ClusterConfig;
import dev.twinstack.config.Peer;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides for one node under one configuration what is announced of each Service, or why it is
/// not. Pure; made anew when the configuration or the node changes.
///
/// The rules and their order are MetalLB's. Unlike its native mode, IPv6 is announced like IPv4,
/// and a v6 pool never spoils the rest.
public final class AdvertisementPlanner {

    private final NodeView node;
    private final boolean ignoreExcludeLabel;
    private final List<Peer> peers;
    private final PoolIndex pools;
    private final Map<String, List<BgpAdvertisement>> advertisementsByPool = new HashMap<>();

    /// @param ignoreExcludeLabel whether [NodeView#EXCLUDE_LABEL] means nothing (MetalLB's flag
    ///   `--ignore-exclude-lb`)
    public AdvertisementPlanner(ClusterConfig config, NodeView node, boolean ignoreExcludeLabel) {
        this.node = node;
        this.ignoreExcludeLabel = ignoreExcludeLabel;
        this.pools = new PoolIndex(config.pools());
        this.peers =
                config.peers().stream().filter(peer -> peer.selectsNode(node.labels())).toList();
        for (BgpAdvertisement advertisement : config.bgpAdvertisements()) {
            if (advertisement.selectsNode(node.labels())) {
                for (String pool : advertisement.pools()) {
                    advertisementsByPool
                            .computeIfAbsent(pool, any -> new ArrayList<>())
                            .add(advertisement);
                }
            }
        }
    }

    /// The peers this node shall have a session with.
    public List<Peer> peers() {
        return peers;
    }

    /// Why a peer of this node gets nothing of a Service that is announced.
    ///
    /// @param pool the one of its addresses
    String whyNotTo(String peer, String pool) {
        return "no BGPAdvertisement of pool %s that fits the Service and node %s names peer %s"
                .formatted(pool, node.name(), peer);
    }

    /// What this node announces of a Service.
    public Announcement plan(ServiceView service, ServingEndpoints endpoints) {
        if (!service.loadBalancer()) {
            return silent(SilenceReason.NOT_LOAD_BALANCER, "the Service is no LoadBalancer");
        }
        if (service.ingress().isEmpty()) {
            return silent(SilenceReason.NO_IP_ALLOCATED, "the Service has no address yet");
        }
        List<IpAddress> addresses = new ArrayList<>();
        for (String text : service.ingress()) {
            try {
                addresses.add(IpAddress.parse(text));
            } catch (IllegalArgumentException e) {
                return silent(SilenceReason.INVALID_IP, "its status has an " + e.getMessage());
            }
        }
        List<IpAddress> leaving = new ArrayList<>(addresses);
        leaving.retainAll(service.leaving());
        if (leaving.isEmpty() || leaving.size() == addresses.size()) {
            return plan(service, addresses, endpoints);
        }
        addresses.removeAll(leaving);
        return both(plan(service, addresses, endpoints), plan(service, leaving, endpoints));
    }

    /// While a Service moves to another pool, its old and its new addresses are announced each as
    /// their own pool says.
    private static Announcement both(Announcement next, Announcement old) {
        if (!(next instanceof Announcement.Announced(var pool, var routes))) {
            return old;
        }
        Map<String, Map<IpPrefix, RouteAttributes>> all = new HashMap<>();
        routes.forEach((peer, its) -> all.put(peer, new HashMap<>(its)));
        old.routes()
                .forEach((peer, its) -> {
                    Map<IpPrefix, RouteAttributes> prefixes =
                            all.computeIfAbsent(peer, any -> new HashMap<>());
                    its.forEach(prefixes::putIfAbsent);
                });
        return new Announcement.Announced(pool, all);
    }

    private Announcement plan(
            ServiceView service, List<IpAddress> addresses, ServingEndpoints endpoints) {
        return pools.holding(addresses)
                .map(pool -> plan(service, addresses, pool.name(), endpoints))
                .orElseGet(() ->
                        silent(
                                SilenceReason.IP_NOT_ALLOWED,
                                "no pool holds "
                                        + addresses.stream()
                                                .map(IpAddress::toString)
                                                .collect(joining(" and "))));
    }

    private Announcement plan(
            ServiceView service, List<IpAddress> addresses, String pool, ServingEndpoints serving) {
        List<BgpAdvertisement> covering = advertisementsByPool.getOrDefault(pool, List.of());
        if (covering.isEmpty()) {
            return silent(
                    SilenceReason.NOT_OWNER,
                    "no BGPAdvertisement of pool %s covers node %s".formatted(pool, node.name()));
        }
        List<BgpAdvertisement> fitting =
                covering.stream()
                        .filter(advertisement -> advertisement.selectsService(service.labels()))
                        .toList();
        if (fitting.isEmpty()) {
            return silent(
                    SilenceReason.NO_MATCHING_ADVERTISEMENT,
                    "no BGPAdvertisement of pool %s selects the Service".formatted(pool));
        }
        ServiceRoutes routes = routes(fitting, addresses);
        Optional<String> conflict = routes.conflict();
        if (conflict.isPresent()) {
            return silent(SilenceReason.CONFLICTING_ADVERTISEMENTS, conflict.get());
        }
        return obstacle(service, serving)
                .orElseGet(() -> new Announcement.Announced(pool, routes.byPeer()));
    }

    /// What stands against announcing from this node although the configuration wants it.
    private Optional<Announcement> obstacle(ServiceView service, ServingEndpoints serving) {
        if (node.networkUnavailable()) {
            return Optional.of(
                    silent(
                            SilenceReason.NODE_NETWORK_UNAVAILABLE,
                            "the network of node %s is unavailable".formatted(node.name())));
        }
        if (node.isExcluded() && !ignoreExcludeLabel) {
            return Optional.of(
                    silent(
                            SilenceReason.NODE_LABELED_EXCLUDE_BALANCERS,
                            "node %s has the label %s"
                                    .formatted(node.name(), NodeView.EXCLUDE_LABEL)));
        }
        if (service.localTraffic() && !serving.nodes().contains(node.name())) {
            return Optional.of(
                    silent(
                            SilenceReason.NO_LOCAL_ENDPOINTS,
                            "no endpoint on node %s can serve".formatted(node.name())));
        }
        if (!serving.any()) {
            return Optional.of(silent(SilenceReason.NO_ENDPOINTS, "no endpoint can serve"));
        }
        return Optional.empty();
    }

    private ServiceRoutes routes(List<BgpAdvertisement> fitting, List<IpAddress> addresses) {
        ServiceRoutes routes = new ServiceRoutes();
        for (BgpAdvertisement advertisement : fitting) {
            RouteAttributes attributes =
                    new RouteAttributes(
                            advertisement.localPref(),
                            advertisement.communities(),
                            advertisement.largeCommunities());
            for (Peer peer : peers) {
                if (advertisement.selectsPeer(peer.name())) {
                    for (IpAddress address : addresses) {
                        routes.add(peer.name(), advertisement.aggregate(address), attributes);
                    }
                }
            }
        }
        return routes;
    }

    private static Announcement silent(SilenceReason reason, String detail) {
        return new Announcement.Silent(reason, detail);
    }
}
