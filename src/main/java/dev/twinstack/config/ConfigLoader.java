package dev.twinstack.config;

import static java.util.Comparator.comparing;

import dev.twinstack.allocation.Pool;
import dev.twinstack.config.ObjectReading.Kind;
import dev.twinstack.crd.AddressPolicy;
import dev.twinstack.crd.BFDProfile;
import dev.twinstack.crd.BGPAdvertisement;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.Community;
import dev.twinstack.crd.CommunitySpec;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.L2Advertisement;
import dev.twinstack.crd.PeerPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads all configuration objects. Pure. Overlaps between pools are found in O(n log n) for n
/// ranges.
public final class ConfigLoader {

    private final ConfigObjects objects;
    private final ObjectReading reading;

    private ConfigLoader(ConfigObjects objects, LastGood before) {
        this.objects = objects;
        this.reading = new ObjectReading(before);
    }

    /// What can be used of the objects, and what is wrong with the rest. Where two objects can't
    /// both be in force the older one is, by creation time, then by name.
    public static ConfigResult load(ConfigObjects objects) {
        return load(objects, LastGood.NONE);
    }

    /// The same, but an object that was good before and is refused now stays in force as it was;
    /// its error is in the result all the same. A good one still gives way to its elders.
    ///
    /// @param before of the result of the last load
    public static ConfigResult load(ConfigObjects objects, LastGood before) {
        return new ConfigLoader(objects, before).load();
    }

    private ConfigResult load() {
        PolicyTargets targets = new PolicyTargets(ownPools());
        List<PolicyInForce> policies = policies(targets);
        List<Pool> pools = targets.pools();
        PoolSelection selection = new PoolSelection(pools, poolLabels());
        CommunityAliases aliases = aliases();
        Map<String, BfdProfile> bfdProfiles = bfdProfiles();
        List<Peer> peers = peers(bfdProfiles.keySet());
        List<BgpAdvertisement> bgpAdvertisements = bgpAdvertisements(pools, selection, aliases);
        List<Layer2Advertisement> layer2Advertisements = layer2Advertisements(selection);
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
                        bfdProfiles,
                        policies.stream().sorted(comparing(PolicyInForce::name)).toList());
        return new ConfigResult(config, reading.errors(), reading.lastGood());
    }

    private List<Pool> ownPools() {
        PoolOverlaps overlaps = new PoolOverlaps();
        return reading.all(
                objects.pools(),
                new Kind<>(
                        IPAddressPool.class,
                        Pool.class,
                        (object, problems) -> new PoolReader(problems).read(object),
                        (pool, problems) ->
                                Optional.of(pool).filter(read -> overlaps.admits(read, problems))));
    }

    private List<PolicyInForce> policies(PolicyTargets targets) {
        List<PolicyInForce> inForce = new ArrayList<>();
        reading.all(
                objects.policies(),
                new Kind<>(
                        AddressPolicy.class,
                        PolicyReader.Written.class,
                        (object, problems) -> new PolicyReader(problems).read(object),
                        (written, problems) -> {
                            inForce.add(targets.admit(written, problems));
                            return Optional.of(written);
                        }));
        return inForce;
    }

    private Map<String, Map<String, String>> poolLabels() {
        Map<String, Map<String, String>> labels = new HashMap<>();
        for (IPAddressPool pool : objects.pools()) {
            labels.put(
                    String.valueOf(pool.getMetadata().getName()),
                    ConfigObjects.labels(reading.inForce(pool, IPAddressPool.class)));
        }
        return labels;
    }

    private CommunityAliases aliases() {
        CommunityAliases aliases = new CommunityAliases();
        reading.all(
                objects.communities(),
                new Kind<>(
                        Community.class,
                        Community.class,
                        (object, _) -> Optional.of(object),
                        (object, problems) -> {
                            List<CommunitySpec.Alias> written =
                                    Optional.ofNullable(object.getSpec())
                                            .map(CommunitySpec::communities)
                                            .orElse(List.of());
                            aliases.add(ConfigError.nameOf(object), written, problems);
                            return Optional.of(object).filter(_ -> problems.isEmpty());
                        }));
        return aliases;
    }

    private Map<String, BfdProfile> bfdProfiles() {
        Map<String, BfdProfile> profiles = new HashMap<>();
        reading.all(
                        objects.bfdProfiles(),
                        new Kind<>(
                                BFDProfile.class,
                                BfdProfile.class,
                                (object, problems) -> new BfdProfileReader(problems).read(object),
                                (profile, _) -> Optional.of(profile)))
                .forEach(profile -> profiles.put(profile.name(), profile));
        return profiles;
    }

    private List<Peer> peers(Set<String> bfdProfiles) {
        PeerPassword passwords = new PeerPassword(objects.secrets());
        List<Peer> peers =
                reading.all(
                        objects.peers(),
                        new Kind<>(
                                BGPPeer.class,
                                Peer.class,
                                (object, problems) ->
                                        new PeerReader(passwords, bfdProfiles, problems)
                                                .read(object),
                                (peer, _) -> Optional.of(peer)));
        PeerPolicyTargets targets = new PeerPolicyTargets(peers);
        reading.all(
                objects.peerPolicies(),
                new Kind<>(
                        PeerPolicy.class,
                        PeerPolicyReader.Written.class,
                        (object, problems) -> new PeerPolicyReader(problems).read(object),
                        targets::admit));
        return targets.peers();
    }

    private List<BgpAdvertisement> bgpAdvertisements(
            List<Pool> pools, PoolSelection selection, CommunityAliases aliases) {
        LocalPrefConflicts conflicts = new LocalPrefConflicts(pools, objects.nodeLabels());
        return reading.all(
                objects.bgpAdvertisements(),
                new Kind<>(
                        BGPAdvertisement.class,
                        BgpAdvertisement.class,
                        (object, problems) ->
                                new BgpAdvertisementReader(selection, aliases, problems)
                                        .read(object),
                        (read, problems) ->
                                Optional.of(conflicts.admit(stillFitting(read, pools), problems))));
    }

    /// One that stays in force as it was must not announce more than its pools have now.
    private static BgpAdvertisement stillFitting(BgpAdvertisement read, List<Pool> pools) {
        return read.withPools(
                pools.stream()
                        .filter(pool -> read.pools().contains(pool.name()) && read.fits(pool))
                        .map(Pool::name)
                        .collect(Collectors.toSet()));
    }

    private List<Layer2Advertisement> layer2Advertisements(PoolSelection selection) {
        return reading.all(
                objects.l2Advertisements(),
                new Kind<>(
                        L2Advertisement.class,
                        Layer2Advertisement.class,
                        (object, problems) ->
                                new Layer2AdvertisementReader(selection, problems).read(object),
                        (advertisement, _) -> Optional.of(advertisement)));
    }
}
