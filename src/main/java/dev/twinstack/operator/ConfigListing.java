package dev.twinstack.operator;

import dev.twinstack.config.ConfigError;
import dev.twinstack.config.ConfigLoader;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.crd.AddressPolicy;
import dev.twinstack.crd.BFDProfile;
import dev.twinstack.crd.BGPAdvertisement;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.Community;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.L2Advertisement;
import dev.twinstack.crd.PeerPolicy;
import dev.twinstack.crd.SecretReference;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The configuration read from the API server once, for a question of the moment. No Secret is
/// read: every password that a BGPPeer names counts as there.
public final class ConfigListing {

    private final KubernetesClient client;
    private final String namespace;
    private final List<ConfigError> unreadable = new ArrayList<>();

    private ConfigListing(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /// All of it. Blocks.
    ///
    /// @param nodes of the cluster; without them nothing can be said of single nodes
    /// @throws io.fabric8.kubernetes.client.KubernetesClientException if some kind can't be listed
    public static ConfigSnapshot of(
            KubernetesClient client, String namespace, Collection<Node> nodes) {
        return new ConfigListing(client, namespace).read(nodes);
    }

    private ConfigSnapshot read(Collection<Node> nodes) {
        List<BGPPeer> peers = list(BGPPeer.class);
        Map<String, Map<String, String>> labels = new HashMap<>();
        nodes.forEach(node -> labels.put(node.getMetadata().getName(), labels(node)));
        ConfigObjects objects =
                new ConfigObjects(
                        list(IPAddressPool.class),
                        list(AddressPolicy.class),
                        list(L2Advertisement.class),
                        list(BGPAdvertisement.class),
                        peers,
                        list(PeerPolicy.class),
                        list(BFDProfile.class),
                        list(Community.class),
                        standIns(peers),
                        labels);
        return new ConfigSnapshot(0, objects, ConfigLoader.load(objects), unreadable);
    }

    private <T extends HasMetadata> List<T> list(Class<T> kind) {
        List<T> readable = new ArrayList<>();
        for (T object : client.resources(kind).inNamespace(namespace).list().getItems()) {
            Unreadable.error(object).ifPresentOrElse(unreadable::add, () -> readable.add(object));
        }
        return readable;
    }

    private static List<Secret> standIns(List<BGPPeer> peers) {
        return peers.stream()
                .map(peer ->
                        Optional.ofNullable(peer.getSpec())
                                .flatMap(spec -> Optional.ofNullable(spec.passwordSecret()))
                                .map(SecretReference::name)
                                .orElse(null))
                .filter(Objects::nonNull)
                .distinct()
                .map(ConfigListing::standIn)
                .toList();
    }

    private static Secret standIn(String name) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withType("kubernetes.io/basic-auth")
                .addToStringData("password", "not read")
                .build();
    }

    private static Map<String, String> labels(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
