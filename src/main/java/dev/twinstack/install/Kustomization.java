package dev.twinstack.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// As much of kustomize as `kubernetes/` needs: resources, and patches that delete objects or are
/// JSON patches (RFC 6902). Anything else in a kustomization.yaml is refused, not ignored.
final class Kustomization {

    private static final String ROOT = "/kubernetes/";
    private static final String FILE = "kustomization.yaml";
    private static final List<String> KNOWN = List.of("apiVersion", "kind", "resources", "patches");
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path directory;
    private final JsonNode written;

    Kustomization(String directory) {
        this.directory = Path.of(directory);
        this.written = read(directory + "/" + FILE).getFirst();
        written.fieldNames()
                .forEachRemaining(field -> {
                    if (!KNOWN.contains(field)) {
                        throw new IllegalStateException(
                                "%s/%s: %s is not understood".formatted(directory, FILE, field));
                    }
                });
    }

    static boolean exists(String directory) {
        return Kustomization.class.getResource(ROOT + directory + "/" + FILE) != null;
    }

    List<ObjectNode> objects() {
        List<ObjectNode> objects = new ArrayList<>();
        for (JsonNode resource : written.path("resources")) {
            String path = directory.resolve(resource.asText()).normalize().toString();
            objects.addAll(path.endsWith(".yaml") ? read(path) : new Kustomization(path).objects());
        }
        for (JsonNode patch : written.path("patches")) {
            objects = patched(objects, patch);
        }
        return objects;
    }

    private static List<ObjectNode> patched(List<ObjectNode> objects, JsonNode patch) {
        JsonNode change = parse(patch.path("patch").asText());
        List<ObjectNode> result = new ArrayList<>();
        for (ObjectNode object : objects) {
            if (!isMeant(object, patch.path("target"))) {
                result.add(object);
            } else if (change.isArray()) {
                result.add((ObjectNode) JsonPatch.apply(change, object));
            } else if (!change.path("$patch").asText().equals("delete")) {
                throw new IllegalStateException("a patch is neither a deletion nor a JSON patch");
            }
        }
        return result;
    }

    private static boolean isMeant(ObjectNode object, JsonNode target) {
        return matches(target.get("kind"), object.path("kind").asText())
                && matches(target.get("name"), object.at("/metadata/name").asText());
    }

    /// Kustomize takes patterns that match as a whole.
    private static boolean matches(@Nullable JsonNode pattern, String text) {
        return pattern == null || text.matches(pattern.asText());
    }

    private static JsonNode parse(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a patch that is no YAML", e);
        }
    }

    private static List<ObjectNode> read(String path) {
        try (InputStream stream = Kustomization.class.getResourceAsStream(ROOT + path)) {
            if (stream == null) {
                throw new IllegalStateException(
                        "the program is packaged without kubernetes/" + path);
            }
            try (MappingIterator<ObjectNode> documents =
                    YAML.readerFor(ObjectNode.class).readValues(stream)) {
                return documents.readAll();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
