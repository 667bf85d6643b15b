package dev.twinstack.migration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.allocation.Pool;
import dev.twinstack.config.BgpAdvertisement;
import dev.twinstack.config.ClusterConfig;
import dev.twinstack.config.ConfigLoader;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.config.ConfigResult;
import dev.twinstack.config.Layer2Advertisement;
import dev.twinstack.install.FoundObjects;
import dev.twinstack.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Whether each Service keeps its addresses and its way from outside.
final class Preflight {

    private static final String NAMESPACE = "metallb-system";

    private final FoundObjects found;
    private final ConfigResult configuration;
    private final ClusterConfig config;
    private final boolean hasPeers;
    private final List<String> reasons = new ArrayList<>();

    private Preflight(FoundObjects found, ConfigObjects objects) {
        this.found = found;
        this.configuration = ConfigLoader.load(objects);
        this.config = configuration.config();
        // One whose password was not read is a peer all the same.
        this.hasPeers = !objects.peers().isEmpty();
    }

    /// Nothing if all is well.
    ///
    /// @param objects the configuration that will be
    static List<String> check(FoundObjects found, MetalLb metalLb, ConfigObjects objects) {
        Preflight preflight = new Preflight(found, objects);
        preflight.namespace(metalLb);
        preflight.configuration.errors().stream()
                .filter(error -> !error.isTransient())
                .forEach(error ->
                        preflight.reasons.add(
                                "%s. Correct it first: kubectl -n %s edit"
                                        .formatted(error, NAMESPACE)));
        preflight.addresses();
        preflight.announcements();
        return preflight.reasons;
    }

    private void namespace(MetalLb metalLb) {
        if (!metalLb.namespace().equals(NAMESPACE)) {
            reasons.add(
                    "MetalLB runs in namespace %s, and this program reads pools and peers in %s."
                                    .formatted(metalLb.namespace(), NAMESPACE)
                            + " Copy its objects to %s, remove MetalLB there, then enable without"
                                    .formatted(NAMESPACE)
                            + " --migrate");
        }
    }

    private void addresses() {
        services()
                .forEach(service ->
                        addresses(service)
                                .filter(address -> pool(address).isEmpty())
                                .forEach(address ->
                                        reasons.add(
                                                ("Service %s has %s, which is in no pool, so it would get"
                                                                + " another. Add it to a pool:"
                                                                + " kubectl -n %s get ipaddresspools")
                                                        .formatted(
                                                                name(service),
                                                                address,
                                                                NAMESPACE))));
    }

    /// Pools that are announced by ARP and NDP alone would not be reached any more.
    private void announcements() {
        Set<String> byBgp =
                hasPeers
                        ? config.bgpAdvertisements().stream()
                                .map(BgpAdvertisement::pools)
                                .flatMap(Set::stream)
                                .collect(Collectors.toSet())
                        : Set.of();
        Set<String> byLayer2 =
                config.layer2Advertisements().stream()
                        .map(Layer2Advertisement::pools)
                        .flatMap(Set::stream)
                        .filter(pool -> !byBgp.contains(pool))
                        .collect(Collectors.toSet());
        Set<String> inUse = new TreeSet<>();
        services()
                .flatMap(Preflight::addresses)
                .flatMap(address -> pool(address).stream())
                .filter(byLayer2::contains)
                .forEach(inUse::add);
        inUse.forEach(pool ->
                reasons.add(
                        ("Pool %s is announced by L2Advertisements alone, which this version does"
                                        + " not carry out: its Services would not be reached. Have"
                                        + " it announced over BGP too (--peer IP --peer-asn N"
                                        + " --my-asn N, or a BGPPeer and a BGPAdvertisement)")
                                .formatted(pool)));
    }

    private Optional<String> pool(IpAddress address) {
        return config.pools().stream()
                .filter(pool -> pool.ranges().stream().anyMatch(range -> range.contains(address)))
                .map(Pool::name)
                .findFirst();
    }

    /// Those MetalLB serves.
    private Stream<JsonNode> services() {
        return found.of("", "Service")
                .filter(service -> service.at("/spec/type").asText().equals("LoadBalancer"))
                .filter(service -> service.at("/spec/loadBalancerClass").asText().isEmpty());
    }

    private static Stream<IpAddress> addresses(JsonNode service) {
        return StreamSupport.stream(service.at("/status/loadBalancer/ingress").spliterator(), false)
                .map(ingress -> ingress.path("ip").asText())
                .filter(text -> !text.isEmpty())
                .map(IpAddress::parse);
    }

    private static String name(JsonNode service) {
        return FoundObjects.namespace(service) + "/" + FoundObjects.name(service);
    }
}
