package dev.twinstack.dualstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/// Calico's objects as they were, as the leader keeps them in a ConfigMap of its own namespace.
public final class KeptObjects {

    public static final String NAME = "twinstack-dual-stack-backup";
    public static final String KEY = "objects.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private KeptObjects() {}

    public static String text(List<JsonNode> objects) {
        return JSON.valueToTree(objects).toPrettyString();
    }

    /// @throws IllegalStateException if it can't be read
    public static ClusterObjects parse(String text) {
        try {
            return new ClusterObjects(List.of(JSON.readValue(text, JsonNode[].class)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "ConfigMap %s can't be read: %s".formatted(NAME, e.getOriginalMessage()), e);
        }
    }
}
