package dev.twinstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The cases of the planner's tests, through the command line.
class DualStackCommandTest {

    private static final Path CASES = Path.of("src/test/resources/dualstack");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;

    @Test
    void aPlanIsShownAsThePlannerTestsHaveIt() throws IOException {
        int exit = plan("stock-1.32");

        assertThat(exit).isZero();
        assertThat(out.toString())
                .isEqualTo(Files.readString(CASES.resolve("stock-1.32/expected/plan.txt")));
    }

    @Test
    void programsGetJson() throws IOException {
        int exit = plan("stock-1.32", "-o", "json");

        assertThat(exit).isZero();
        assertThat(new JsonMapper().readTree(out.toString()))
                .isEqualTo(
                        new JsonMapper()
                                .readTree(CASES.resolve("stock-1.32/expected/plan.json").toFile()));
    }

    @Test
    void aRefusalIsExitCodeOne() throws IOException {
        int exit = plan("refused-preflight");

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString())
                .isEqualTo(Files.readString(CASES.resolve("refused-preflight/expected/plan.txt")));
    }

    @Test
    void whatIsWantedComesFromOptions() {
        int exit =
                plan(
                        "stock-1.32",
                        "--pods-ipv6=2001:db8:50::/56",
                        "--services-ipv6=2001:db8:60::/112",
                        "--ipv6-autodetection=interface=eth0",
                        "--kubelet-node-ip");

        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains(
                        "+--cluster-cidr=10.1.0.0/16,2001:db8:50::/56",
                        "+--service-cluster-ip-range=10.152.183.0/24,2001:db8:60::/112",
                        "+--node-ip=192.0.2.11,2001:db8:10::11",
                        "natOutgoing: false",
                        "interface=eth0");
    }

    @Test
    void theWayBackNeedsTheBackup() {
        assertThat(plan("stock-1.32", "--undo")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("twinstack: --undo and --backup go together\n");
    }

    @Test
    void forceIsForTheWayBack() {
        assertThat(plan("stock-1.32", "--force")).isEqualTo(2);
        assertThat(err.toString()).contains("--force goes with --undo").hasLineCount(1);
    }

    @Test
    void withoutAClusterItAsksForOne() {
        assertThat(execute("dualstack", "plan", "--kubeconfig=")).isEqualTo(2);
        assertThat(err.toString()).contains("--kubeconfig").hasLineCount(1);
    }

    @Test
    void aClusterThatIsAwayIsOneLineAndExitCodeOne() throws IOException {
        Path kubeconfig =
                Files.writeString(
                        directory.resolve("kubeconfig"),
                        """
                        apiVersion: v1
                        kind: Config
                        current-context: a
                        clusters: [{name: a, cluster: {server: "http://127.0.0.1:1"}}]
                        users: [{name: a, user: {}}]
                        contexts: [{name: a, context: {cluster: a, user: a}}]
                        """);

        assertThat(execute("dualstack", "plan", "--kubeconfig", kubeconfig.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("twinstack: cannot read the cluster: ");
        assertThat(err.toString()).hasLineCount(1);
    }

    @Test
    void aMissingDirectoryIsNamed() {
        assertThat(plan("stock-1.32", "--objects=" + directory.resolve("none"))).isEqualTo(2);
        assertThat(err.toString()).contains("none: no such directory").hasLineCount(1);
    }

    @Test
    void factsThatAreNoneAreNamed() throws IOException {
        Files.createDirectories(directory.resolve("n1/args"));
        Path facts = Files.writeString(directory.resolve("n1/facts.yaml"), "kernel: 6.1\n");

        int exit = execute("dualstack", "plan", objects("stock-1.32"), "--node-files=" + directory);

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString())
                .contains(facts + ": not what `twinstack dualstack facts` prints")
                .hasLineCount(1);
    }

    @Test
    void unknownOptionsAreWrongUse() {
        assertThat(execute("dualstack", "plan", "--frobnicate")).isEqualTo(2);
    }

    private int plan(String name, String... more) {
        String[] all = new String[more.length + 4];
        all[0] = "dualstack";
        all[1] = "plan";
        all[2] = objects(name);
        all[3] = "--node-files=" + CASES.resolve(name + "/in/nodes");
        System.arraycopy(more, 0, all, 4, more.length);
        return execute(all);
    }

    private static String objects(String name) {
        return "--objects=" + CASES.resolve(name + "/in/objects");
    }

    private int execute(String... arguments) {
        CommandLine commands = Main.commandLine().setOverwrittenOptionsAllowed(true);
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        return commands.execute(arguments);
    }
}
