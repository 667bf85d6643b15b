package dev.twinstack.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `kubernetes/crds` holds exactly what the models say. `mvn test -Dtest=CrdDriftTest
/// -Dcrds.update=true` writes it anew.
class CrdDriftTest {

    private static final Path DIRECTORY = Path.of("kubernetes", "crds");

    @BeforeAll
    static void updateWhenAsked() throws IOException {
        if (!Boolean.getBoolean("crds.update")) {
            return;
        }
        Files.createDirectories(DIRECTORY);
        for (String stale : onDisk().keySet()) {
            Files.delete(DIRECTORY.resolve(stale));
        }
        for (Map.Entry<String, String> file : CrdManifests.generate().entrySet()) {
            Files.writeString(DIRECTORY.resolve(file.getKey()), file.getValue());
        }
    }

    @Test
    void manifestsAreWhatTheModelsSay() throws IOException {
        assertThat(onDisk())
                .as(
                        "kubernetes/crds; to write it anew: mvn test -Dtest=CrdDriftTest"
                                + " -Dcrds.update=true")
                .isEqualTo(CrdManifests.generate());
    }

    @Test
    void allKindsAreInstalled() throws IOException {
        List<String> installed =
                Files.readAllLines(DIRECTORY.resolve("kustomization.yaml")).stream()
                        .filter(line -> line.startsWith("  - "))
                        .map(line -> line.substring("  - ".length()))
                        .toList();

        assertThat(installed).containsExactlyElementsOf(onDisk().keySet());
    }

    private static Map<String, String> onDisk() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().equals("kustomization.yaml")) {
                    contents.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return contents;
    }
}
