package dev.twinstack.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Map;

/// What a spec says beyond the defaults that the API server writes into it, so that one that comes
/// back from there equals the one that was sent.
final class WrittenSpec {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "autoAssign", "true",
                    "avoidBuggyIPs", "false",
                    "aggregationLength", "32",
                    "aggregationLengthV6", "128",
                    "peerPort", "179",
                    "disableMP", "false",
                    "dualStackAddressFamily", "false");

    private WrittenSpec() {}

    static JsonNode of(CustomResource<?, ?> object) {
        JsonNode spec = JSON.valueToTree(object.getSpec());
        if (spec instanceof ObjectNode fields) {
            fields.properties()
                    .removeIf(field ->
                            field.getValue().asText().equals(DEFAULTS.get(field.getKey())));
        }
        return spec;
    }
}
