package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The objects of a cluster that matter here, as the API server gives them.
///
/// @param all with `apiVersion` and `kind`
public record ClusterObjects(List<JsonNode> all) {

    public ClusterObjects {
        all = List.copyOf(all);
    }

    /// The objects of a kind. @param group the API group, empty for the core
    public Stream<JsonNode> of(String group, String kind) {
        return all.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .filter(object -> group(object).equals(group));
    }

    /// One object. @param namespace empty where the kind has none
    public Optional<JsonNode> find(String group, String kind, String namespace, String name) {
        return of(group, kind)
                .filter(object -> name(object).equals(name))
                .filter(object -> namespace(object).equals(namespace))
                .findFirst();
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static String namespace(JsonNode object) {
        return object.at("/metadata/namespace").asText();
    }

    private static String group(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
