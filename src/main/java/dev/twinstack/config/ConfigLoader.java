package dev.twinstack.config;

import static java.util.Comparator.comparing;

import dev.twinstack.allocation.Pool;
import dev.twinstack.crd.CommunitySpec;
import dev.twinstack.crd.IPAddressPool;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// Reads all configuration objects. Pure. Overlaps between pools are found in O(n log n) for n
/// ranges.
public final class ConfigLoader {

    private final ConfigObjects objects;
    private final List<ConfigError> errors = new ArrayList<>();

    private ConfigLoader(ConfigObjects objects) {
        this.objects = objects;
    }

    /// What can be used of the objects, and what is wrong with the rest. Where two objects can't
    /// both be in force the older one is, by creation time, then by name.
    public static ConfigResult load(ConfigObjects objects) {
        return new ConfigLoader(objects).load();
    }

    private ConfigResult load() {
        List<Pool> pools = pools();
        PoolSelection selection = new PoolSelection(pools, poolLabels());
        CommunityAliases aliases = aliases();
        Map<String, BfdProfile> bfdProfiles = new HashMap<>();
        readAll(
                        objects.bfdProfiles(),
                        (object, problems) -> new BfdProfileReader(problems).read(object))
                .forEach(profile -> bfdProfiles.put(profile.name(), profile));
        PeerPassword passwords = new PeerPassword(objects.secrets());
        List<Peer> peers =
                readAll(
                        objects.peers(),
                        (object, problems) ->
                                new PeerReader(passwords, bfdProfiles.keySet(), problems)
                                        .read(object));
        LocalPrefConflicts conflicts = new LocalPrefConflicts(pools, objects.nodeLabels());
        List<BgpAdvertisement> bgpAdvertisements =
                readAll(
                        objects.bgpAdvertisements(),
                        (object, problems) ->
                                new BgpAdvertisementReader(selection, aliases, problems)
                                        .read(object)
                                        .map(read -> conflicts.admit(read, problems)));
        List<Layer2Advertisement> layer2Advertisements =
                readAll(
                        objects.l2Advertisements(),
                        (object, problems) ->
                                new Layer2AdvertisementReader(selection, problems).read(object));
        ClusterConfig config =
                new ClusterConfig(
                        pools.stream().sorted(comparing(Pool::name)).toList(),
                        peers.stream().sorted(comparing(Peer::name)).toList(),
                        bgpAdvertisements.stream()
                                .sorted(comparing(BgpAdvertisement::name))
                                .toList(),
                        layer2Advertisements.stream()
                                .sorted(comparing(Layer2Advertisement::name))
                                .toList(),
                        bfdProfiles);
        return new ConfigResult(config, errors);
    }

    private List<Pool> pools() {
        PoolOverlaps overlaps = new PoolOverlaps();
        return readAll(
                objects.pools(),
                (object, problems) ->
                        new PoolReader(problems)
                                .read(object)
                                .filter(pool -> overlaps.admits(pool, problems)));
    }

    private Map<String, Map<String, String>> poolLabels() {
        Map<String, Map<String, String>> labels = new HashMap<>();
        for (IPAddressPool pool : objects.pools()) {
            labels.put(String.valueOf(pool.getMetadata().getName()), ConfigObjects.labels(pool));
        }
        return labels;
    }

    private CommunityAliases aliases() {
        CommunityAliases aliases = new CommunityAliases();
        readAll(
                objects.communities(),
                (object, problems) -> {
                    List<CommunitySpec.Alias> written =
                            Optional.ofNullable(object.getSpec())
                                    .map(CommunitySpec::communities)
                                    .orElse(List.of());
                    aliases.add(ConfigError.nameOf(object), written, problems);
                    return Optional.of(object);
                });
        return aliases;
    }

    /// What `reader` makes of each object, older ones first; an object without a name, or with the
    /// name of an older one, is not read.
    private <T extends HasMetadata, R> List<R> readAll(
            List<T> written, BiFunction<T, Problems, Optional<R>> reader) {
        List<R> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (T object : Elders.first(written)) {
            Problems problems = new Problems(ConfigError.nameOf(object));
            String name = object.getMetadata().getName();
            if (name == null || name.isEmpty()) {
                problems.invalid("metadata.name", "is missing");
            } else if (!names.add(name)) {
                problems.invalid("metadata.name", "another object has the same name");
            } else {
                reader.apply(object, problems).ifPresent(read::add);
            }
            errors.addAll(problems.errors());
        }
        return read;
    }
}
