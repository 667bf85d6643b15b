package dev.twinstack.config;

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
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Everything the configuration is made of: the objects of Twinstack's own namespace, in any order,
/// and the labels of the cluster's nodes.
///
/// @param secrets those that BGPPeers may name; others do no harm
/// @param nodeLabels by name of the node; needed to see which advertisements meet on a node
public record ConfigObjects(
        List<IPAddressPool> pools,
        List<AddressPolicy> policies,
        List<L2Advertisement> l2Advertisements,
        List<BGPAdvertisement> bgpAdvertisements,
        List<BGPPeer> peers,
        List<PeerPolicy> peerPolicies,
        List<BFDProfile> bfdProfiles,
        List<Community> communities,
        List<Secret> secrets,
        Map<String, Map<String, String>> nodeLabels) {

    public static final ConfigObjects NONE = of(List.of());

    public ConfigObjects {
        pools = List.copyOf(pools);
        policies = List.copyOf(policies);
        l2Advertisements = List.copyOf(l2Advertisements);
        bgpAdvertisements = List.copyOf(bgpAdvertisements);
        peers = List.copyOf(peers);
        peerPolicies = List.copyOf(peerPolicies);
        bfdProfiles = List.copyOf(bfdProfiles);
        communities = List.copyOf(communities);
        secrets = List.copyOf(secrets);
        nodeLabels = Map.copyOf(nodeLabels);
    }

    /// Sorts objects by their class; of Nodes the labels are kept, other kinds are left aside.
    public static ConfigObjects of(Collection<? extends HasMetadata> objects) {
        Map<String, Map<String, String>> nodeLabels = new HashMap<>();
        only(Node.class, objects)
                .forEach(node -> nodeLabels.put(node.getMetadata().getName(), labels(node)));
        return of(objects, nodeLabels);
    }

    /// Sorts objects by their class; other kinds are left aside.
    public static ConfigObjects of(
            Collection<? extends HasMetadata> objects,
            Map<String, Map<String, String>> nodeLabels) {
        return new ConfigObjects(
                only(IPAddressPool.class, objects),
                only(AddressPolicy.class, objects),
                only(L2Advertisement.class, objects),
                only(BGPAdvertisement.class, objects),
                only(BGPPeer.class, objects),
                only(PeerPolicy.class, objects),
                only(BFDProfile.class, objects),
                only(Community.class, objects),
                only(Secret.class, objects),
                nodeLabels);
    }

    /// With this object in place of the one of the same kind and name, or beside the others.
    public ConfigObjects with(HasMetadata object) {
        return of(Stream.concat(allBut(object), Stream.of(object)).toList(), nodeLabels);
    }

    /// With these pools in place of all others.
    public ConfigObjects withPools(List<IPAddressPool> others) {
        return new ConfigObjects(
                others,
                policies,
                l2Advertisements,
                bgpAdvertisements,
                peers,
                peerPolicies,
                bfdProfiles,
                communities,
                secrets,
                nodeLabels);
    }

    /// Without the object of this kind and name.
    public ConfigObjects without(HasMetadata object) {
        return of(allBut(object).toList(), nodeLabels);
    }

    /// The objects of MetalLB's kinds.
    Stream<CustomResource<?, ?>> custom() {
        return Stream.of(
                        pools, l2Advertisements, bgpAdvertisements, peers, bfdProfiles, communities)
                .flatMap(List::stream);
    }

    private Stream<HasMetadata> allBut(HasMetadata object) {
        return Stream.of(custom(), policies.stream(), peerPolicies.stream(), secrets.stream())
                .<HasMetadata>flatMap(objects -> objects)
                .filter(other ->
                        !(other.getClass().equals(object.getClass())
                                && Objects.equals(
                                        other.getMetadata().getName(),
                                        object.getMetadata().getName())));
    }

    private static <T> List<T> only(Class<T> kind, Collection<? extends HasMetadata> objects) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    static Map<String, String> labels(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : Map.copyOf(labels);
    }
}
