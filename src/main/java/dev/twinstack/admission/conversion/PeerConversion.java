package dev.twinstack.admission.conversion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.crd.MetalLb;
import java.util.List;
import java.util.Set;

/// A BGPPeer in its other version. What v1beta1 has no place for travels in an annotation, so that
/// a v1beta1 client that reads and writes a peer loses nothing (with MetalLB it does). A v1beta1
/// peer without timers has none in v1beta2 either, and so gets the defaults (with MetalLB it gets
/// hold time 0: no keepalives).
final class PeerConversion {

    static final String V1BETA1 = MetalLb.GROUP + "/" + MetalLb.V1BETA1;
    static final String V1BETA2 = MetalLb.GROUP + "/" + MetalLb.V1BETA2;

    /// The fields of v1beta2 that v1beta1 has not, as a JSON object.
    static final String ANNOTATION = "twinstack.dev/bgppeer-v1beta2";

    private static final ObjectMapper JSON = new JsonMapper();

    private static final Set<String> V1BETA1_FIELDS =
            Set.of(
                    "myASN",
                    "peerASN",
                    "peerAddress",
                    "sourceAddress",
                    "peerPort",
                    "holdTime",
                    "keepaliveTime",
                    "routerID",
                    "nodeSelectors",
                    "password",
                    "bfdProfile",
                    "ebgpMultiHop");

    private PeerConversion() {}

    /// @param peer in any of the two versions; not changed
    /// @throws IllegalArgumentException where there is no way to `version`
    static JsonNode convert(JsonNode peer, String version) {
        if (!peer.path("kind").asText().equals("BGPPeer")) {
            throw new IllegalArgumentException(
                    "%s has only one version".formatted(peer.path("kind").asText("an object")));
        }
        String from = peer.path("apiVersion").asText();
        ObjectNode converted = peer.deepCopy();
        converted.put("apiVersion", version);
        if (from.equals(V1BETA1) && version.equals(V1BETA2)) {
            upgrade(converted);
        } else if (from.equals(V1BETA2) && version.equals(V1BETA1)) {
            downgrade(converted);
        } else if (!from.equals(version)) {
            throw new IllegalArgumentException(
                    "BGPPeer can't be converted from %s to %s".formatted(from, version));
        }
        return converted;
    }

    private static void upgrade(ObjectNode peer) {
        ObjectNode spec = peer.withObject("/spec");
        dropZero(spec, "peerPort");
        for (String timer : List.of("holdTime", "keepaliveTime")) {
            if (spec.path(timer).asText().isEmpty()) {
                spec.remove(timer);
            }
        }
        restore(peer, spec);
        if (spec.has("dynamicASN")) {
            dropZero(spec, "peerASN");
        }
        if (spec.has("interface") && spec.path("peerAddress").asText().isEmpty()) {
            spec.remove("peerAddress");
        }
    }

    /// Puts back what the annotation remembers, unless the v1beta1 client has meanwhile said the
    /// opposite.
    private static void restore(ObjectNode peer, ObjectNode spec) {
        JsonNode remembered = peer.path("metadata").path("annotations").path(ANNOTATION);
        if (!remembered.isTextual()) {
            return;
        }
        ObjectNode annotations = peer.withObject("/metadata/annotations");
        annotations.remove(ANNOTATION);
        if (annotations.isEmpty()) {
            peer.withObject("/metadata").remove("annotations");
        }
        for (var field : parse(remembered.asText()).properties()) {
            boolean overruled =
                    V1BETA1_FIELDS.contains(field.getKey())
                            || (field.getKey().equals("dynamicASN")
                                    && spec.path("peerASN").asLong() != 0)
                            || (field.getKey().equals("interface")
                                    && !spec.path("peerAddress").asText().isEmpty())
                            || (field.getKey().equals("passwordSecret")
                                    && !spec.path("password").asText().isEmpty());
            if (!overruled) {
                spec.set(field.getKey(), field.getValue());
            }
        }
    }

    /// Anybody may write the annotation; what does not read as an object is nothing.
    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private static void downgrade(ObjectNode peer) {
        ObjectNode spec = peer.withObject("/spec");
        ObjectNode rest = JSON.createObjectNode();
        spec.properties().stream()
                .filter(field -> !V1BETA1_FIELDS.contains(field.getKey()))
                .filter(field -> !isDefault(field.getValue()))
                .forEach(field -> rest.set(field.getKey(), field.getValue()));
        spec.retain(V1BETA1_FIELDS);
        if (!spec.has("peerASN")) {
            spec.put("peerASN", 0);
        }
        if (!spec.has("peerAddress")) {
            spec.put("peerAddress", "");
        }
        if (!rest.isEmpty()) {
            peer.withObject("/metadata/annotations").put(ANNOTATION, rest.toString());
        }
    }

    private static boolean isDefault(JsonNode value) {
        return value.isNull() || (value.isBoolean() && !value.asBoolean());
    }

    private static void dropZero(ObjectNode spec, String field) {
        if (spec.path(field).isNumber() && spec.path(field).asLong() == 0) {
            spec.remove(field);
        }
    }
}
