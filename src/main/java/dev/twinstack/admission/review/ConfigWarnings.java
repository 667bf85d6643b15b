package dev.twinstack.admission.review;

import static java.util.stream.Collectors.toSet;

import dev.twinstack.config.ClusterConfig;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.crd.BGPAdvertisement;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.BGPPeerSpec;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.L2Advertisement;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the writer of a good object should know all the same: fields of yesterday, names that mean
/// nothing yet, and a pool that nobody announces.
final class ConfigWarnings {

    private final ConfigObjects objects;
    private final ClusterConfig config;
    private final List<String> warnings = new ArrayList<>();

    private ConfigWarnings(ConfigObjects objects, ClusterConfig config) {
        this.objects = objects;
        this.config = config;
    }

    /// Fields that work, but should not be used any more.
    static List<String> ofFields(CustomResource<?, ?> object) {
        List<String> warnings = new ArrayList<>();
        if (object instanceof BGPPeer peer && peer.getSpec() != null) {
            BGPPeerSpec spec = peer.getSpec();
            if (spec.disableMP()) {
                warnings.add("spec.disableMP is deprecated and has no effect");
            }
            if (spec.password() != null && !spec.password().isEmpty()) {
                warnings.add(
                        "spec.password can be read by everybody who may read the BGPPeer; better"
                                + " name a Secret in spec.passwordSecret");
            }
        }
        return warnings;
    }

    /// @param objects all of them, the one under review as it is to be
    /// @param config what is in force then
    static List<String> ofReferences(
            CustomResource<?, ?> object, ConfigObjects objects, ClusterConfig config) {
        ConfigWarnings warnings = new ConfigWarnings(objects, config);
        switch (object) {
            case IPAddressPool pool -> warnings.pool(pool.getMetadata().getName());
            case BGPAdvertisement advertisement when advertisement.getSpec() != null -> {
                warnings.pools(advertisement.getSpec().ipAddressPools());
                warnings.peers(advertisement.getSpec().peers());
            }
            case L2Advertisement advertisement when advertisement.getSpec() != null ->
                    warnings.pools(advertisement.getSpec().ipAddressPools());
            default -> {
                // Other kinds refer to nothing that ConfigLoader does not look for.
            }
        }
        return warnings.warnings;
    }

    private void pool(String name) {
        boolean announced =
                config.bgpAdvertisements().stream().anyMatch(one -> one.pools().contains(name))
                        || config.layer2Advertisements().stream()
                                .anyMatch(one -> one.pools().contains(name));
        if (!announced) {
            warnings.add(
                    "no BGPAdvertisement and no L2Advertisement selects this pool: its addresses are"
                            + " given to Services, but not announced");
        }
    }

    private void pools(List<String> names) {
        unknown("spec.ipAddressPools", names, "IPAddressPool", names(objects.pools()));
    }

    private void peers(List<String> names) {
        unknown("spec.peers", names, "BGPPeer", names(objects.peers()));
    }

    private void unknown(String path, List<String> names, String kind, Set<String> there) {
        for (int i = 0; i < names.size(); i++) {
            if (!there.contains(names.get(i))) {
                warnings.add("%s[%d]: there is no %s %s".formatted(path, i, kind, names.get(i)));
            }
        }
    }

    private static Set<String> names(List<? extends HasMetadata> objects) {
        return objects.stream().map(object -> object.getMetadata().getName()).collect(toSet());
    }
}
