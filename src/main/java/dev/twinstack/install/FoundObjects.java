package dev.twinstack.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a cluster was found to have, as the API server gives it.
///
/// @param all with `apiVersion` and `kind`
public record FoundObjects(List<JsonNode> all) {

    public static final FoundObjects NONE = new FoundObjects(List.of());

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    public FoundObjects {
        all = List.copyOf(all);
    }

    /// Reads what `kubectl get -o json` prints: objects and lists of them, one behind the other.
    ///
    /// @throws IOException if this is no JSON
    public static FoundObjects read(InputStream json) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        try (MappingIterator<JsonNode> documents =
                new ObjectMapper().readerFor(JsonNode.class).readValues(json)) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (document.path("items").isArray()) {
                    document.path("items").forEach(objects::add);
                } else {
                    objects.add(document);
                }
            }
        }
        return new FoundObjects(objects);
    }

    /// The objects of a kind. @param group the API group, empty for the core
    public Stream<JsonNode> of(String group, String kind) {
        return all.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .filter(object -> group(object).equals(group));
    }

    /// The object of this kind and name, in whatever version.
    public Optional<JsonNode> find(Target target) {
        String apiVersion = target.apiVersion();
        int slash = apiVersion.indexOf('/');
        return of(slash < 0 ? "" : apiVersion.substring(0, slash), target.kind())
                .filter(object -> name(object).equals(target.name()))
                .filter(object -> namespace(object).equals(target.namespace()))
                .findFirst();
    }

    public boolean has(Target target) {
        return find(target).isPresent();
    }

    /// An object as its class.
    ///
    /// @throws IllegalArgumentException if it does not fit
    public static <T> T as(JsonNode object, Class<T> type) {
        return SERIALIZATION.convertValue(object, type);
    }

    /// A text as JSON.
    ///
    /// @throws IllegalArgumentException if it is none
    public static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: %.60s".formatted(text), e);
        }
    }

    public static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    /// Empty where the kind has none.
    public static String namespace(JsonNode object) {
        return object.at("/metadata/namespace").asText();
    }

    private static String group(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
