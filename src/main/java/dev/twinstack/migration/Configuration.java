package dev.twinstack.migration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.crd.BFDProfile;
import dev.twinstack.crd.BGPAdvertisement;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.Community;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.L2Advertisement;
import dev.twinstack.install.FoundObjects;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The configuration of a cluster as it was found.
public final class Configuration {

    private static final String NAMESPACE = "metallb-system";

    private static final Map<String, Class<? extends HasMetadata>> KINDS =
            Map.of(
                    "IPAddressPool", IPAddressPool.class,
                    "BGPPeer", BGPPeer.class,
                    "BGPAdvertisement", BGPAdvertisement.class,
                    "L2Advertisement", L2Advertisement.class,
                    "BFDProfile", BFDProfile.class,
                    "Community", Community.class);

    private Configuration() {}

    /// The objects of the configuration's namespace, and the labels of nodes. What does not fit its
    /// kind is left out, as the controller does.
    public static ConfigObjects of(FoundObjects found) {
        List<HasMetadata> objects = new ArrayList<>();
        for (JsonNode object : found.all()) {
            Class<? extends HasMetadata> type = KINDS.get(object.path("kind").asText());
            if (type != null
                    && object.path("apiVersion").asText().startsWith("metallb.io/")
                    && FoundObjects.namespace(object).equals(NAMESPACE)) {
                add(object, type, objects);
            }
        }
        found.of("", "Node").forEach(node -> add(node, Node.class, objects));
        return ConfigObjects.of(objects);
    }

    private static void add(
            JsonNode object, Class<? extends HasMetadata> type, List<HasMetadata> objects) {
        try {
            objects.add(FoundObjects.as(object, type));
        } catch (IllegalArgumentException e) {
            // Named by the program in its ConfigurationState.
        }
    }
}
