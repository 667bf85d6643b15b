package dev.twinstack.admission.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One test case as a folder of `in-*.yaml` and `out-*.yaml`; knows which files have been used.
final class CaseFolder {

    private static final ObjectMapper YAML = mapper();

    private final Path folder;
    private final Set<String> used = new HashSet<>();

    CaseFolder(Path folder) {
        this.folder = folder;
    }

    /// The cases of one kind, by name.
    static Stream<Path> all(String kind) {
        Path root = Path.of("src/test/resources/admission", kind);
        try (Stream<Path> folders = Files.list(root)) {
            return folders.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T> T read(String file, Class<T> type) {
        return readIfThere(file, type)
                .orElseThrow(() -> new AssertionError(folder + " has no " + file));
    }

    <T> Optional<T> readIfThere(String file, Class<T> type) {
        Path path = folder.resolve(file);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        used.add(file);
        try {
            return Optional.of(YAML.readValue(path.toFile(), type));
        } catch (IOException e) {
            throw new UncheckedIOException(path.toString(), e);
        }
    }

    AdmissionRequest request() {
        AdmissionRequest request = read("in-request.yaml", AdmissionRequest.class);
        request.setUid("uid");
        return request;
    }

    /// Compares with an `out-*.yaml`, in which the patch stands as JSON and the status as its
    /// message.
    void verify(String file, AdmissionResponse response) {
        ObjectNode seen = YAML.createObjectNode().put("allowed", response.getAllowed());
        if (response.getPatch() != null) {
            assertThat(response.getPatchType()).isEqualTo("JSONPatch");
            seen.set("patch", json(Base64.getDecoder().decode(response.getPatch())));
        }
        if (!response.getWarnings().isEmpty()) {
            seen.set("warnings", YAML.valueToTree(response.getWarnings()));
        }
        if (response.getStatus() != null) {
            seen.put("message", response.getStatus().getMessage());
        }
        assertThat(response.getUid()).isEqualTo("uid");
        verify(file, seen);
    }

    void verify(String file, JsonNode seen) {
        assertThat(seen.toPrettyString())
                .as(file)
                .isEqualTo(read(file, JsonNode.class).toPrettyString());
    }

    /// A file that nobody reads tests nothing.
    void verifyAllUsed() {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf(used);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(byte[] text) {
        try {
            return JsonMapper.builder().build().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectMapper mapper() {
        return ReviewMapper.taught(new ObjectMapper(new YAMLFactory()))
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }
}
