package dev.twinstack.config;

import dev.twinstack.crd.BGPAdvertisement;
import dev.twinstack.crd.BGPAdvertisementSpec;
import dev.twinstack.crd.Community;
import dev.twinstack.crd.CommunitySpec;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.IPAddressPoolSpec;
import dev.twinstack.crd.L2Advertisement;
import dev.twinstack.crd.L2AdvertisementSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `address-pools` and `bgp-communities` of the old ConfigMap.
final class LegacyPools {

    private static final Set<String> POOL =
            Set.of(
                    "protocol",
                    "name",
                    "addresses",
                    "avoid-buggy-ips",
                    "auto-assign",
                    "bgp-advertisements");
    private static final Set<String> ADVERTISEMENT =
            Set.of("aggregation-length", "aggregation-length-v6", "localpref", "communities");
    private static final long MAX_LOCAL_PREF = 0xffff_ffffL;

    private final LegacyObjects objects;
    private final LegacyMapping root;

    /// By the name of the object.
    private final Map<String, LegacyMapping> pools = new LinkedHashMap<>();

    LegacyPools(LegacyObjects objects, LegacyMapping root) {
        this.objects = objects;
        this.root = root;
    }

    void read() {
        for (LegacyMapping pool : root.mappings("address-pools", POOL)) {
            String name = objects.name(pool, "name");
            objects.add(
                    new IPAddressPool(),
                    name,
                    new IPAddressPoolSpec(
                            pool.texts("addresses"),
                            pool.flag("auto-assign").orElse(null),
                            pool.flag("avoid-buggy-ips").orElse(false),
                            null),
                    pool);
            pools.putIfAbsent(name, pool);
        }
        readBgp();
        readLayer2();
    }

    private void readBgp() {
        int number = 1;
        for (Map.Entry<String, LegacyMapping> entry : pools.entrySet()) {
            LegacyMapping pool = entry.getValue();
            List<LegacyMapping> written = pool.mappings("bgp-advertisements", ADVERTISEMENT);
            for (LegacyMapping advertisement : written) {
                addBgp(number++, entry.getKey(), advertisement);
            }
            boolean bgp = pool.text("protocol").filter("bgp"::equals).isPresent();
            if (written.isEmpty() && bgp) {
                objects.add(
                        new BGPAdvertisement(),
                        "bgpadvertisement" + number++,
                        spec(null, null, 0, List.of(), entry.getKey()),
                        pool);
            }
            if (!written.isEmpty() && !bgp) {
                objects.warn(
                        pool.place("bgp-advertisements"),
                        "the pool is announced by BGP too, though its protocol is not bgp");
            }
        }
    }

    private void addBgp(int number, String pool, LegacyMapping written) {
        objects.add(
                new BGPAdvertisement(),
                "bgpadvertisement" + number,
                spec(
                        written.count("aggregation-length", 32).orElse(null),
                        written.count("aggregation-length-v6", 128).orElse(null),
                        written.number("localpref", 0, MAX_LOCAL_PREF).orElse(0L),
                        written.texts("communities"),
                        pool),
                written);
    }

    private static BGPAdvertisementSpec spec(
            @Nullable Integer length,
            @Nullable Integer lengthV6,
            long localPref,
            List<String> communities,
            String pool) {
        return new BGPAdvertisementSpec(
                length,
                lengthV6,
                localPref,
                communities,
                List.of(pool),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private void readLayer2() {
        int number = 1;
        for (Map.Entry<String, LegacyMapping> entry : pools.entrySet()) {
            LegacyMapping pool = entry.getValue();
            String protocol = pool.text("protocol").orElse("");
            switch (protocol) {
                case "bgp" -> {}
                case "layer2" ->
                        objects.add(
                                new L2Advertisement(),
                                "l2advertisement" + number++,
                                new L2AdvertisementSpec(
                                        List.of(entry.getKey()),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of()),
                                pool);
                default ->
                        objects.warn(
                                pool.place("protocol"),
                                "\"%s\" is no protocol (bgp or layer2): the pool is not announced"
                                        .formatted(protocol));
            }
        }
    }

    void readCommunities() {
        Map<String, String> aliases = new TreeMap<>(root.map("bgp-communities"));
        if (!aliases.isEmpty()) {
            List<CommunitySpec.Alias> sorted =
                    aliases.entrySet().stream()
                            .map(alias -> new CommunitySpec.Alias(alias.getKey(), alias.getValue()))
                            .toList();
            objects.add(new Community(), "communities", new CommunitySpec(sorted), root);
        }
    }
}
