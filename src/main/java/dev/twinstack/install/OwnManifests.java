package dev.twinstack.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// The manifests of `kubernetes/`, which are packaged with the program: what people apply with
/// `kubectl apply -k` is what the program prints and the addon applies.
public final class OwnManifests {

    private static final String IMAGE = "twinstack";

    private OwnManifests() {}

    /// The objects of a part, as its kustomization has them, in its order.
    ///
    /// @throws IllegalStateException if the program was packaged without the part
    public static List<ObjectNode> of(Part part) {
        return new Kustomization(part.directory()).objects();
    }

    /// Whether the program was packaged with the part.
    public static boolean has(Part part) {
        return Kustomization.exists(part.directory());
    }

    /// All of a cluster of several nodes.
    public static List<ObjectNode> all() {
        List<ObjectNode> objects = new ArrayList<>();
        for (Part part : List.of(Part.CRDS, Part.COMMON, Part.CONTROLLER, Part.SPEAKER)) {
            objects.addAll(of(part));
        }
        return objects;
    }

    /// The same objects, the containers of the program with another image.
    ///
    /// @param image name with tag or digest, as a Pod has it
    public static List<ObjectNode> withImage(List<ObjectNode> objects, String image) {
        List<ObjectNode> changed = new ArrayList<>();
        for (ObjectNode object : objects) {
            ObjectNode copy = object.deepCopy();
            JsonNode pod = copy.at("/spec/template/spec");
            pod.path("initContainers").forEach(container -> replace(container, image));
            pod.path("containers").forEach(container -> replace(container, image));
            changed.add(copy);
        }
        return changed;
    }

    private static void replace(JsonNode container, String image) {
        if (container instanceof ObjectNode object && isOurs(object.path("image").asText())) {
            object.put("image", image);
        }
    }

    private static boolean isOurs(String image) {
        String name = image.replaceFirst("@.*$", "").replaceFirst(":[^:/]*$", "");
        return name.substring(name.lastIndexOf('/') + 1).equals(IMAGE);
    }
}
