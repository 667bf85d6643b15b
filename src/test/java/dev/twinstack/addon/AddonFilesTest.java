package dev.twinstack.addon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the program and the addon's files must agree on.
class AddonFilesTest {

    private static final Path ADDON = Path.of("addon/addons/twinstack");

    @Test
    void theRepositoryIsAnAddonRepository() throws IOException {
        JsonNode written = new YAMLMapper().readTree(Path.of("addons.yaml").toFile());

        JsonNode addon = written.at("/microk8s-addons/addons/0");
        assertThat(written.at("/microk8s-addons/description").asText()).isNotEmpty();
        assertThat(addon.path("check_status").asText())
                .isEqualTo("clusterrole.rbac.authorization.k8s.io/" + AddonSteps.MARKER);
        assertThat(addon.path("version").isTextual()).isTrue();
        assertThat(addon.path("supported_architectures").valueStream().map(JsonNode::asText))
                .containsExactly("amd64", "arm64");
        for (String script : List.of("enable", "disable")) {
            assertThat(Path.of("addons/twinstack", script)).isExecutable();
        }
    }

    @Test
    void linksStayInTheRepository() throws IOException {
        assertThat(Files.readSymbolicLink(Path.of("addons.yaml"))).hasToString("addon/addons.yaml");
        assertThat(Files.readSymbolicLink(Path.of("addons"))).hasToString("addon/addons");
    }

    @Test
    void theImageIsOfThisVersion() throws IOException {
        var version =
                Pattern.compile("<artifactId>twinstack</artifactId>\\s*<version>([^<]+)</version>")
                        .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(Files.readString(ADDON.resolve("image")).strip())
                .isEqualTo("ghcr.io/twinstack/twinstack:" + version.group(1));
    }

    @Test
    void whatHelpTellsIsUnderstood() throws IOException {
        List<String> options =
                Pattern.compile("^  (--[a-z0-9-]+)", Pattern.MULTILINE)
                        .matcher(
                                Files.readString(ADDON.resolve("help.txt"))
                                        .split("microk8s disable", 2)[0])
                        .results()
                        .map(found -> found.group(1))
                        .toList();

        assertThat(options).hasSizeGreaterThan(6);
        String script = Files.readString(ADDON.resolve("enable"));
        for (String option : options) {
            boolean byScript = script.contains(option + "=*)");
            assertThat(byScript || isKnown(option)).as(option).isTrue();
        }
    }

    private static boolean isKnown(String option) {
        return !(ArgumentReader.read(List.of(option, "plan"))
                        instanceof ArgumentReader.Reading.Refused(List<Refusal> refusals))
                || refusals.stream().noneMatch(each -> each.reason().contains("no such option"));
    }
}
