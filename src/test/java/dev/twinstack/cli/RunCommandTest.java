package dev.twinstack.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunCommandTest {

    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;

    @Test
    void whatIsToldBecomesConfiguration() {
        // When
        Map<String, String> properties =
                properties(
                        "--role=all",
                        "--node-name=n1",
                        "--namespace=other",
                        "--lb-class=example.com/lb",
                        "--port=8080",
                        "--webhook-port=9000",
                        "--lease-duration=30s",
                        "--log-level=debug");

        // Then
        assertThat(properties)
                .containsEntry("twinstack.role", "all")
                .containsEntry("twinstack.node-name", "n1")
                .containsEntry("twinstack.namespace", "other")
                .containsEntry("twinstack.lb-class", "example.com/lb")
                .containsEntry("twinstack.webhook-port", "9000")
                .containsEntry("twinstack.lease.duration", "PT30S")
                .containsEntry("quarkus.http.port", "8080")
                .containsEntry("quarkus.log.category.\"dev.twinstack\".level", "DEBUG");
    }

    @Test
    void whatIsNotToldIsLeftToTheDefaults() {
        assertThat(properties("--role=controller"))
                .containsEntry("twinstack.role", "controller")
                .doesNotContainKeys("twinstack.lb-class", "twinstack.webhook-names");
    }

    @Test
    void withoutARoleItSaysWhichThereAre() {
        assertThat(execute("run")).isEqualTo(2);
        assertThat(err.toString()).contains("--role", "controller, speaker,", "node-config or all");
    }

    @Test
    void theRouterIsACommandOfItsOwn() {
        assertThat(execute("run", "--role=router")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("twinstack: --role must be controller, speaker, node-config or all\n");
    }

    @Test
    void nodeConfigIsARoleThatNeedsItsNode() {
        assertThat(properties("--role=node-config", "--node-name=n1", "--restart-deadline=20s"))
                .containsEntry("twinstack.role", "node-config")
                .containsEntry("twinstack.node-config.restart-deadline", "PT20S");
        assertThat(execute("run", "--role=node-config", "--node-name=")).isEqualTo(2);
    }

    @Test
    void aSpeakerNeedsItsNode() {
        assertThat(execute("run", "--role=speaker", "--node-name=")).isEqualTo(2);
        assertThat(err.toString()).contains("--node-name").hasLineCount(1);
    }

    @Test
    void leaseTimesThatCannotWorkAreRefused() {
        assertThat(execute("run", "--role=controller", "--lease-duration=10s")).isEqualTo(2);
        assertThat(err.toString()).contains("lease times must grow").hasLineCount(1);
    }

    @Test
    void aMissingKubeconfigIsOneLine() {
        Path file = directory.resolve("none");

        assertThat(execute("run", "--role=controller", "--kubeconfig=" + file)).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("twinstack: cannot read kubeconfig %s\n".formatted(file));
    }

    @Test
    void aKubeconfigWithoutAContextIsOneLine() throws IOException {
        Path file = Files.writeString(directory.resolve("empty"), "apiVersion: v1\nkind: Config\n");

        assertThat(execute("run", "--role=controller", "--kubeconfig=" + file)).isEqualTo(2);
        assertThat(err.toString()).contains("current context").hasLineCount(1);
    }

    @Test
    void aKubeconfigThatIsNoYamlIsOneLine() throws IOException {
        Path file = Files.writeString(directory.resolve("broken"), "clusters: [\n");

        assertThat(execute("run", "--role=controller", "--kubeconfig=" + file)).isEqualTo(2);
        assertThat(err.toString()).contains("is not valid").hasLineCount(1);
    }

    private int execute(String... arguments) {
        return Main.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    }

    private static Map<String, String> properties(String... arguments) {
        CommandLine commands = Main.commandLine();
        commands.parseArgs(
                Stream.concat(Stream.of("run"), Stream.of(arguments)).toArray(String[]::new));
        RunCommand command = requireNonNull(commands.getSubcommands().get("run")).getCommand();
        return command.properties();
    }
}
