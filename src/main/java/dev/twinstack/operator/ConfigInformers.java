package dev.twinstack.operator;

import dev.twinstack.config.ConfigObjects;
import dev.twinstack.crd.AddressPolicy;
import dev.twinstack.crd.BFDProfile;
import dev.twinstack.crd.BGPAdvertisement;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.Community;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.L2Advertisement;
import dev.twinstack.crd.PeerPolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// All objects that the configuration is made of. Secrets only of our own namespace; Nodes for
/// their labels.
final class ConfigInformers implements AutoCloseable {

    private final WatchedKind<IPAddressPool> pools;
    private final WatchedKind<AddressPolicy> policies;
    private final WatchedKind<L2Advertisement> l2Advertisements;
    private final WatchedKind<BGPAdvertisement> bgpAdvertisements;
    private final WatchedKind<BGPPeer> peers;
    private final WatchedKind<PeerPolicy> peerPolicies;
    private final WatchedKind<BFDProfile> bfdProfiles;
    private final WatchedKind<Community> communities;
    private final WatchedKind<Secret> secrets;
    private final WatchedKind<Node> nodes;
    private final List<WatchedKind<?>> all;

    ConfigInformers(KubernetesClient client, String namespace, Runnable changed) {
        pools = configuration(client, namespace, IPAddressPool.class, changed);
        policies = configuration(client, namespace, AddressPolicy.class, changed);
        l2Advertisements = configuration(client, namespace, L2Advertisement.class, changed);
        bgpAdvertisements = configuration(client, namespace, BGPAdvertisement.class, changed);
        peers = configuration(client, namespace, BGPPeer.class, changed);
        peerPolicies = configuration(client, namespace, PeerPolicy.class, changed);
        bfdProfiles = configuration(client, namespace, BFDProfile.class, changed);
        communities = configuration(client, namespace, Community.class, changed);
        secrets =
                new WatchedKind<>(
                        "secrets",
                        client.secrets().inNamespace(namespace),
                        (before, after) -> !Objects.equals(before.getData(), after.getData()),
                        secret -> changed.run());
        nodes =
                new WatchedKind<>(
                        "nodes",
                        client.nodes(),
                        (before, after) -> !labels(before).equals(labels(after)),
                        node -> changed.run());
        all =
                List.of(
                        pools,
                        policies,
                        l2Advertisements,
                        bgpAdvertisements,
                        peers,
                        peerPolicies,
                        bfdProfiles,
                        communities,
                        secrets,
                        nodes);
    }

    /// Statuses don't matter: of those we are the writers.
    private static <T extends HasMetadata> WatchedKind<T> configuration(
            KubernetesClient client, String namespace, Class<T> kind, Runnable changed) {
        return new WatchedKind<>(
                HasMetadata.getFullResourceName(kind),
                client.resources(kind).inNamespace(namespace),
                (before, after) ->
                        !Objects.equals(
                                        before.getMetadata().getGeneration(),
                                        after.getMetadata().getGeneration())
                                || !labels(before).equals(labels(after)),
                object -> changed.run());
    }

    void start() {
        all.forEach(WatchedKind::start);
    }

    /// What has not been listed yet; empty if all has.
    Optional<String> missing() {
        return all.stream().map(WatchedKind::missing).flatMap(Optional::stream).findFirst();
    }

    List<IPAddressPool> pools() {
        return pools.list();
    }

    List<AddressPolicy> policies() {
        return policies.list();
    }

    ConfigObjects objects() {
        Map<String, Map<String, String>> nodeLabels = new HashMap<>();
        nodes.list().forEach(node -> nodeLabels.put(node.getMetadata().getName(), labels(node)));
        return new ConfigObjects(
                pools.list(),
                policies.list(),
                l2Advertisements.list(),
                bgpAdvertisements.list(),
                peers.list(),
                peerPolicies.list(),
                bfdProfiles.list(),
                communities.list(),
                secrets.list(),
                nodeLabels);
    }

    @Override
    public void close() {
        all.forEach(WatchedKind::close);
    }

    private static Map<String, String> labels(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
