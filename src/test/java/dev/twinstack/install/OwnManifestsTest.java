package dev.twinstack.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OwnManifestsTest {

    @ParameterizedTest
    @EnumSource(Part.class)
    void everyPartOfTheDirectoryIsPackaged(Part part) {
        boolean isThere =
                Files.exists(Path.of("kubernetes", part.directory(), "kustomization.yaml"));

        assertThat(OwnManifests.has(part)).isEqualTo(isThere);
        if (isThere) {
            assertThat(OwnManifests.of(part)).isNotEmpty();
        }
    }

    @Test
    void oneNodeNeedsOneAccount() {
        List<ObjectNode> objects = OwnManifests.of(Part.ALL);

        assertThat(objects.stream().map(object -> Target.of(object).toString()))
                .contains("ServiceAccount metallb-system/twinstack-all")
                .doesNotContain("ServiceAccount metallb-system/twinstack-speaker");
        assertThat(
                        objects.stream()
                                .filter(object -> object.has("subjects"))
                                .map(object -> object.at("/subjects/0/name").asText()))
                .isNotEmpty()
                .containsOnly("twinstack-all");
    }

    @Test
    void onlyOurImageIsReplaced() {
        List<ObjectNode> objects = OwnManifests.of(Part.SPEAKER);

        List<ObjectNode> changed = OwnManifests.withImage(objects, "registry:5000/t/twinstack:1");
        List<ObjectNode> again = OwnManifests.withImage(changed, "example/twinstack@sha256:00");

        assertThat(images(changed)).containsOnly("registry:5000/t/twinstack:1");
        assertThat(images(again)).containsOnly("example/twinstack@sha256:00");
        assertThat(images(OwnManifests.withImage(objects, "x"))).containsOnly("x");
    }

    @Test
    void yamlKeepsTheTypesOfValues() throws IOException {
        String text = ManifestText.of(OwnManifests.of(Part.SPEAKER));

        assertThat(text).contains("prometheus.io/port: \"7472\"", "hostNetwork: true");
    }

    private static List<String> images(List<ObjectNode> objects) {
        return objects.stream()
                .flatMap(object -> object.findValuesAsText("image").stream())
                .toList();
    }
}
