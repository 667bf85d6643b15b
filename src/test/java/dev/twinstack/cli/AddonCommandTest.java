package dev.twinstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AddonCommandTest {

    private static final InputStream STANDARD_INPUT = System.in;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void restore() {
        System.setIn(STANDARD_INPUT);
    }

    @Test
    void anEnableIsAnsweredWithCallsOfKubectl() throws IOException {
        int exit = run("{}", "addon", "enable", "--image", "i:1", "--", "--pool", "10.0.0.0/24");

        JsonNode answer = new JsonMapper().readTree(out.toString());
        assertThat(exit).isZero();
        assertThat(answer.at("/steps/0/kubectl/0").asText()).isEqualTo("apply");
        assertThat(answer.at("/steps/0/input").asText()).contains("twinstack-addon");
        assertThat(answer.at("/undo/0/kubectl/0").asText()).isEqualTo("delete");
        assertThat(answer.path("notes")).isNotEmpty();
    }

    @Test
    void objectsAndListsOfThemAreRead() {
        String found =
                """
                {"apiVersion": "v1", "kind": "List", "items": [
                  {"apiVersion": "apps/v1", "kind": "DaemonSet",
                   "metadata": {"name": "speaker", "namespace": "metallb-system", "labels": {"app": "metallb"}}}]}
                {"apiVersion": "v1", "kind": "List", "items": []}
                """;

        int exit = run(found, "addon", "enable", "--image", "i:1", "--", "--l2");

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("add --migrate", "Nothing was applied.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void wordsComeThroughAsTheyWereTyped() {
        int exit = run("", "addon", "enable", "--image", "i:1", "--", "2001", "db8", "", "/64");

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("--pool 2001:db8::/64");
        assertThat(run("", "addon", "enable", "--image", "i:1", "--", "@/etc/passwd")).isEqualTo(2);
        assertThat(err.toString()).contains("@/etc/passwd: this is no option");
    }

    @Test
    void whatIsNoJsonIsSaid() {
        assertThat(run("kind: List", "addon", "enable", "--image", "i:1")).isEqualTo(2);
        assertThat(err.toString()).contains("kubectl get -o json");
    }

    @Test
    void thereIsNoWayBackWithoutMetalLb() {
        assertThat(run("{}", "addon", "back")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no MetalLB");
    }

    @Test
    void manifestsArePrintedByPart() {
        assertThat(run("", "manifest", "--role", "speaker", "--image", "i:1")).isZero();
        assertThat(out.toString())
                .contains("kind: DaemonSet", "image: i:1")
                .doesNotContain("kind: Deployment");
        assertThat(run("", "manifest", "--role", "nobody")).isEqualTo(2);
    }

    @Test
    void migrateAsksWhichCluster() {
        assertThat(run("", "migrate", "--kubeconfig", "")).isEqualTo(2);
    }

    private int run(String input, String... arguments) {
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
