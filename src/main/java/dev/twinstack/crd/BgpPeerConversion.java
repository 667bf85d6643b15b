package dev.twinstack.crd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Turns a BGPPeer of one version into the other. Works on JSON, so that nothing unknown is lost:
/// all fields of v1beta1 mean the same in v1beta2, and what only v1beta2 knows travels through
/// v1beta1 in an annotation. What is absent stays absent. (MetalLB turns absent timers into 0, no
/// keepalives at all, and drops the fields of v1beta2.)
public final class BgpPeerConversion {

    /// Holds a JSON object with the fields of a v1beta2 spec that v1beta1 has no place for.
    public static final String ANNOTATION = "twinstack.dev/bgppeer-v1beta2";

    private static final String V1BETA1 = MetalLb.GROUP + "/" + MetalLb.V1BETA1;
    private static final String V1BETA2 = MetalLb.GROUP + "/" + MetalLb.V1BETA2;

    private static final List<String> LATER_FIELDS =
            List.of(
                    "connectTime",
                    "disableMP",
                    "dualStackAddressFamily",
                    "dynamicASN",
                    "enableGracefulRestart",
                    "interface",
                    "localASN",
                    "passwordSecret",
                    "vrf");

    /// A later field, and the older one that decides against it: who writes v1beta1 sees only that.
    private record Alternative(String later, String older) {}

    private static final List<Alternative> ALTERNATIVES =
            List.of(
                    new Alternative("dynamicASN", "peerASN"),
                    new Alternative("interface", "peerAddress"),
                    new Alternative("passwordSecret", "password"));

    /// The fields whose zero means "not given", in Go's way.
    private static final List<String> ABSENT_WHEN_ZERO =
            List.of("peerASN", "peerAddress", "peerPort");

    private static final ObjectMapper JSON = new ObjectMapper();

    private BgpPeerConversion() {}

    /// A copy of `peer` in version `apiVersion`.
    ///
    /// @throws IllegalArgumentException unless both versions are `metallb.io/v1beta1` or
    ///   `metallb.io/v1beta2`
    public static ObjectNode convert(ObjectNode peer, String apiVersion) {
        String from = peer.path("apiVersion").asText();
        requireKnown(from);
        requireKnown(apiVersion);
        ObjectNode converted = peer.deepCopy();
        converted.put("apiVersion", apiVersion);
        if (from.equals(V1BETA2) && apiVersion.equals(V1BETA1)) {
            putAway(converted);
        } else if (from.equals(V1BETA1) && apiVersion.equals(V1BETA2)) {
            takeBack(converted);
        }
        return converted;
    }

    private static void requireKnown(String apiVersion) {
        if (!apiVersion.equals(V1BETA1) && !apiVersion.equals(V1BETA2)) {
            throw new IllegalArgumentException(
                    "BGPPeer has no version \"%s\"".formatted(apiVersion));
        }
    }

    private static void putAway(ObjectNode peer) {
        ObjectNode spec = object(peer, "spec");
        ObjectNode later = JSON.createObjectNode();
        for (String field : LATER_FIELDS) {
            JsonNode value = spec.remove(field);
            if (value != null && !isDefault(field, value)) {
                later.set(field, value);
            }
        }
        if (!later.isEmpty()) {
            object(object(peer, "metadata"), "annotations").put(ANNOTATION, later.toString());
        }
        if (!spec.has("peerASN")) {
            spec.put("peerASN", 0);
        }
        if (!spec.has("peerAddress")) {
            spec.put("peerAddress", "");
        }
    }

    private static void takeBack(ObjectNode peer) {
        ObjectNode spec = object(peer, "spec");
        ABSENT_WHEN_ZERO.stream().filter(field -> isZero(spec.path(field))).forEach(spec::remove);
        JsonNode later = takeAnnotation(object(peer, "metadata"));
        for (String field : LATER_FIELDS) {
            if (later.has(field) && !spec.has(field)) {
                spec.set(field, later.get(field));
            }
        }
        ALTERNATIVES.stream()
                .filter(each -> !isZero(spec.path(each.older())))
                .forEach(each -> spec.remove(each.later()));
    }

    private static JsonNode takeAnnotation(ObjectNode metadata) {
        if (!(metadata.get("annotations") instanceof ObjectNode annotations)) {
            return MissingNode.getInstance();
        }
        JsonNode text = annotations.remove(ANNOTATION);
        if (annotations.isEmpty()) {
            metadata.remove("annotations");
        }
        try {
            return text == null ? MissingNode.getInstance() : JSON.readTree(text.asText());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /// The API server puts the defaults in; they need not be kept.
    private static boolean isDefault(String field, JsonNode value) {
        return (field.equals("disableMP") || field.equals("dualStackAddressFamily"))
                && !value.asBoolean();
    }

    private static boolean isZero(JsonNode value) {
        return value.isMissingNode() || value.isNull() || value.asText().matches("0?");
    }

    private static ObjectNode object(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode there ? there : parent.putObject(field);
    }
}
