package dev.twinstack.admission.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.BGPPeerV1Beta1;

/// Answers a `ConversionReview` of `apiextensions.k8s.io/v1`: all objects of the request in the
/// wanted version and the same order, or a failure that names the reason. Pure.
public final class Conversion {

    private static final ObjectMapper JSON = new JsonMapper();

    private Conversion() {}

    /// The peer as the configuration is read.
    public static BGPPeer upgraded(BGPPeerV1Beta1 peer) {
        JsonNode converted = PeerConversion.convert(JSON.valueToTree(peer), PeerConversion.V1BETA2);
        return JSON.convertValue(converted, BGPPeer.class);
    }

    /// @param review what the API server sent; `request.uid` must be there
    public static ObjectNode convert(JsonNode review) {
        JsonNode request = review.path("request");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "ConversionReview");
        ObjectNode response = answer.putObject("response");
        response.put("uid", request.path("uid").asText());
        ArrayNode converted = response.putArray("convertedObjects");
        try {
            for (JsonNode object : request.path("objects")) {
                converted.add(
                        PeerConversion.convert(object, request.path("desiredAPIVersion").asText()));
            }
            response.putObject("result").put("status", "Success");
        } catch (IllegalArgumentException e) {
            converted.removeAll();
            response.putObject("result").put("status", "Failed").put("message", e.getMessage());
        }
        return answer;
    }
}
