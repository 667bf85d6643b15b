package dev.twinstack.dualstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.twinstack.dualstack.text.UnifiedDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files of `calico-patches/` say what the program does.
class CalicoPatchesTest {

    private static final Path DIRECTORY = Path.of("calico-patches");
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir private Path directory;

    @Test
    void theProgramCreatesThePoolOfTheFile() throws IOException {
        JsonNode file = YAML.readTree(DIRECTORY.resolve("default-ipv6-ippool.yaml").toFile());

        assertThat(objectAfter("stock-1.32", "IPPool")).isEqualTo(file);
    }

    @Test
    void theProgramSetsTheVariablesOfTheFile() throws IOException {
        JsonNode file = YAML.readTree(DIRECTORY.resolve("calico-node.patch.yaml").toFile());
        JsonNode after = objectAfter("stock-1.32", "DaemonSet");

        for (JsonNode variable : file.at("/spec/template/spec/containers/0/env")) {
            assertThat(after.at("/spec/template/spec/containers/0/env")).contains(variable);
        }
    }

    /// The file for GNU patch is the program's own change of a stock manifest, with its header.
    @Test
    void thePatchIsTheProgramsChange() throws IOException {
        Step.FileEdit edit = manifest("stock-1.32");
        String patch = "--- cni.yaml\n+++ cni.yaml\n" + UnifiedDiff.of(edit.before(), edit.after());
        Path file = DIRECTORY.resolve("cni.yaml.patch");
        if (Boolean.getBoolean("dualstack.update")) {
            Files.writeString(file, patch);
        }

        assertThat(file).hasContent(patch);
    }

    /// The patch fits manifests of other releases at other places, and what comes out is ours.
    @ParameterizedTest
    @ValueSource(strings = {"stock-1.28", "stock-1.32", "stock-1.36", "cluster-1.34"})
    @EnabledIf("hasPatch")
    void gnuPatchDoesTheSame(String name) throws IOException, InterruptedException {
        Step.FileEdit edit = manifest(name);
        Path file =
                Files.writeString(directory.resolve("cni.yaml"), "# a line more\n" + edit.before());

        int exit = patch(file);

        assertThat(exit).isZero();
        assertThat(file).hasContent("# a line more\n" + edit.after());
        assertThat(directory).isDirectoryNotContaining("glob:**.rej");
    }

    /// Without `--fuzz=0` GNU patch would put `assign_ipv6` in a second time.
    @Test
    @EnabledIf("hasPatch")
    void gnuPatchLeavesAConvertedManifestAlone() throws IOException, InterruptedException {
        Step.FileEdit edit = manifest("stock-1.32");
        Path file = Files.writeString(directory.resolve("cni.yaml"), edit.after());

        int exit = patch(file, "--dry-run");

        assertThat(exit).isNotZero();
        assertThat(file).hasContent(edit.after());
    }

    @Test
    void everyFileIsToldOf() throws IOException {
        String readme = Files.readString(DIRECTORY.resolve("README.md"));
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.equals("README.md") || readme.contains(name));
        }
    }

    static boolean hasPatch() {
        return Stream.of("/usr/bin/patch", "/bin/patch")
                .anyMatch(path -> Files.exists(Path.of(path)));
    }

    private int patch(Path file, String... options) throws IOException, InterruptedException {
        Stream<String> command =
                Stream.concat(
                        Stream.of("patch", "--batch", "--forward", "--fuzz=0"),
                        Stream.concat(
                                Stream.of(options),
                                Stream.of(
                                        file.toString(),
                                        DIRECTORY.resolve("cni.yaml.patch").toString())));
        return new ProcessBuilder(command.toList())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start()
                .waitFor();
    }

    private static Step.FileEdit manifest(String name) throws IOException {
        return steps(name)
                .filter(Step.FileEdit.class::isInstance)
                .map(Step.FileEdit.class::cast)
                .filter(edit -> edit.path().equals(NodeFindings.CNI_YAML))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode objectAfter(String name, String kind) throws IOException {
        return steps(name)
                .filter(Step.ObjectEdit.class::isInstance)
                .map(Step.ObjectEdit.class::cast)
                .filter(edit -> edit.object().kind().equals(kind))
                .map(edit -> Optional.ofNullable(edit.after()).orElseThrow())
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Step> steps(String name) throws IOException {
        Plan plan = new PlanCase(PlanCase.ROOT.resolve(name)).plan();
        return ((Plan.Steps) plan).steps().stream();
    }
}
