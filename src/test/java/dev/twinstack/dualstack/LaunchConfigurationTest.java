package dev.twinstack.dualstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.dualstack.args.ArgsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// MicroK8s' launcher makes of our files what the plan says, for every plan and every node.
class LaunchConfigurationTest {

    private static final List<String> FLAGS =
            List.of("--service-cluster-ip-range", "--cluster-cidr", "--node-ip");

    @TempDir private Path directory;

    @TestFactory
    Stream<DynamicTest> theLauncherDoesWhatIsPlanned() throws IOException {
        return PlanCase.all()
                .map(folder ->
                        DynamicTest.dynamicTest(
                                folder.getFileName().toString(), () -> run(folder)));
    }

    @Test
    void theFileIsALaunchConfiguration() throws IOException {
        Plan.Steps plan = (Plan.Steps) new PlanCase(PlanCase.ROOT.resolve("stock-1.32")).plan();

        assertThat(LaunchConfiguration.ofArguments(plan, "n1", List.of("10.0.0.9")))
                .contains(
                        """
                        version: "0.1.0"
                        extraSANs:
                          - "10.0.0.9"
                        extraKubeAPIServerArgs:
                          "--service-cluster-ip-range": "10.152.183.0/24,fd98::/108"
                        extraKubeControllerManagerArgs:
                          "--service-cluster-ip-range": "10.152.183.0/24,fd98::/108"
                          "--cluster-cidr": "10.1.0.0/16,fd01::/64"
                        extraKubeProxyArgs:
                          "--cluster-cidr": "10.1.0.0/16,fd01::/64"
                        extraConfigFiles:
                          cni-env: |
                            IPv4_SUPPORT=true
                            IPv4_CLUSTER_CIDR=10.1.0.0/16
                            IPv4_SERVICE_CIDR=10.152.183.0/24

                            IPv6_SUPPORT=true
                            IPv6_CLUSTER_CIDR=fd01::/64
                            IPv6_SERVICE_CIDR=fd98::/108
                        """);
    }

    @Test
    void aNodeThatNeedsNothingGetsNoFile() throws IOException {
        Plan.Steps plan = (Plan.Steps) new PlanCase(PlanCase.ROOT.resolve("converted")).plan();

        assertThat(LaunchConfiguration.ofArguments(plan, "n1", List.of("10.0.0.9"))).isEmpty();
        assertThat(LaunchConfiguration.ofManifest(plan, "n1", List.of())).isEmpty();
    }

    private void run(Path folder) throws IOException {
        PlanCase given = new PlanCase(folder);
        if (!(given.plan() instanceof Plan.Steps plan)) {
            return;
        }
        for (NodeFindings node : given.findings("").nodes()) {
            // Given
            Path snap = directory.resolve(folder.getFileName() + "-" + node.name());
            LauncherStandIn launcher = new LauncherStandIn(snap);
            write(snap.resolve("current/args"), node.args());
            List<String> extraSans = List.of("lb.example.org");

            // When
            drop(snap, "10-calico", LaunchConfiguration.ofManifest(plan, node.name(), extraSans));
            drop(snap, "20-args", LaunchConfiguration.ofArguments(plan, node.name(), extraSans));
            launcher.poll();

            // Then
            NodeFindings planned = Applied.to(given.findings(""), plan).node(node.name());
            assertThat(meaning(NodeFilesDirectory.args(snap.resolve("current/args"))))
                    .isEqualTo(meaning(planned.args()));
            assertThat(launcher.restarts()).isEqualTo(restarts(plan, node.name()));
            boolean touched = !planned.args().equals(node.args());
            assertThat(launcher.extraSans()).isEqualTo(touched ? extraSans : List.of());
            assertThat(snap.resolve("common/etc/launcher"))
                    .isDirectoryNotContaining("glob:**.yaml");
        }
    }

    /// What kubelite reads of files of flags, and all of the others.
    private static Map<String, String> meaning(Map<String, String> args) {
        Map<String, String> meaning = new TreeMap<>();
        args.forEach((path, text) -> {
            if (path.startsWith("kube")) {
                ArgsFile file = new ArgsFile(text);
                FLAGS.forEach(flag -> meaning.put(path + flag, file.value(flag).orElse("")));
            } else if (!text.isEmpty()) {
                meaning.put(path, text);
            }
        });
        return meaning;
    }

    private static int restarts(Plan.Steps plan, String node) {
        return (int)
                plan.steps().stream()
                        .filter(step -> PlanText.node(step).equals(node))
                        .filter(step -> PlanText.restarts(step) == Step.Restart.KUBELITE)
                        .limit(1)
                        .count();
    }

    private static void drop(Path snap, String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            Files.writeString(snap.resolve("common/etc/launcher/" + name + ".yaml"), text.get());
        }
    }

    private static void write(Path args, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = args.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
