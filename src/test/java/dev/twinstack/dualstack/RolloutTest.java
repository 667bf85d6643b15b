package dev.twinstack.dualstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.crd.DualStackNodeStatus.Stage;
import dev.twinstack.crd.DualStackSpec.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A roll-out over a cluster of three control-plane nodes and a worker, in virtual time.
class RolloutTest {

    private static final Duration LONG = Duration.ofMinutes(20);

    @TempDir private Path directory;
    private ClusterFindings stock = new ClusterFindings(List.of(), new ClusterObjects(List.of()));
    private RolloutWorld world;

    @BeforeEach
    void cluster() throws IOException {
        stock = new PlanCase(PlanCase.ROOT.resolve("cluster-1.34")).findings("");
        world = new RolloutWorld(directory, stock);
    }

    @Test
    void nothingIsTouchedUntilSomebodySaysApply() throws IOException {
        // When
        world.run(LONG);

        // Then
        assertThat(world.progress().phase()).isEqualTo(RolloutPhase.PLANNED);
        assertThat(world.plan()).isInstanceOf(Plan.Steps.class);
        assertThat(world.history).containsExactly("phase Planned");
        for (NodeFindings node : stock.nodes()) {
            assertThat(world.args(node.name())).isEqualTo(node.args());
        }
    }

    @Test
    void everyNodeIsConvertedOneAfterTheOther() throws IOException {
        // When
        world.want(Mode.APPLY, false);
        world.run(LONG);

        // Then
        assertThat(world.progress().phase()).isEqualTo(RolloutPhase.DONE);
        assertThat(world.history)
                .containsSubsequence(
                        "phase BackingUp",
                        "keep objects",
                        "change IPPool default-ipv6-ippool",
                        "change ConfigMap kube-system/calico-config",
                        "change DaemonSet kube-system/calico-node",
                        "restart n1",
                        "restart n2",
                        "restart n3",
                        "restart w1",
                        "phase Done")
                .filteredOn(line -> line.startsWith("restart"))
                .hasSize(4);
        assertThat(world.plan())
                .isInstanceOfSatisfying(
                        Plan.Steps.class,
                        plan ->
                                assertThat(plan.steps())
                                        .noneMatch(step -> step instanceof Step.FileEdit));
    }

    @Test
    void anotherLeaderGoesOnWhereTheFirstWas() throws IOException {
        // Given
        world.want(Mode.APPLY, false);
        world.run(Duration.ofSeconds(40));
        assertThat(world.progress().phase().isUnderWay()).isTrue();

        // When
        world.restartLeader();
        world.run(LONG);

        // Then
        assertThat(world.progress().phase()).isEqualTo(RolloutPhase.DONE);
        assertThat(world.history).filteredOn(line -> line.startsWith("restart")).hasSize(4);
    }

    @Test
    void aNodeThatDoesNotComeBackStopsItAndRunsAsBefore() throws IOException {
        // Given
        world.broken.add("n2");

        // When
        world.want(Mode.APPLY, false);
        world.run(Duration.ofHours(1));

        // Then
        assertThat(world.progress().phase()).isEqualTo(RolloutPhase.STOPPED);
        assertThat(world.progress().message())
                .startsWith("n2: not back after 5 minutes: its API server is not ready")
                .endsWith("its arguments are restored, and it is back");
        assertThat(world.stage("n2")).isEqualTo(Stage.ROLLED_BACK);
        assertThat(flags(world.args("n2")))
                .containsAllEntriesOf(onlyFlags(stock.node("n2").args()));
        assertThat(world.history)
                .filteredOn(line -> line.startsWith("restart"))
                .containsExactly("restart n1", "restart n2", "restart n2");
    }

    @Test
    void whenItIsMendedTheNextAttemptGoesOn() throws IOException {
        // Given
        world.broken.add("n2");
        world.want(Mode.APPLY, false);
        world.run(Duration.ofHours(1));
        world.broken.clear();

        // When
        world.want(Mode.APPLY, false);
        world.run(LONG);

        // Then
        assertThat(world.progress().phase()).isEqualTo(RolloutPhase.DONE);
        assertThat(world.history)
                .filteredOn(line -> line.startsWith("restart"))
                .containsExactly(
                        "restart n1",
                        "restart n2",
                        "restart n2",
                        "restart n2",
                        "restart n3",
                        "restart w1");
    }

    @Test
    void anAgentThatTakesNoFileStopsIt() throws IOException {
        // Given
        world.deaf.add("n1");

        // When
        world.want(Mode.APPLY, false);
        world.run(Duration.ofHours(1));

        // Then
        assertThat(world.progress().phase()).isEqualTo(RolloutPhase.STOPPED);
        assertThat(world.progress().message()).contains("n1: MicroK8s' agent has not taken");
        assertThat(world.args("n1")).isEqualTo(stock.node("n1").args());
        assertThat(directory.resolve("n1/common/etc/launcher"))
                .isDirectoryNotContaining("glob:**.yaml");
        assertThat(world.history).noneMatch(line -> line.startsWith("restart"));
    }

    @Test
    void aNodeThatHasNotReportedIsWaitedFor() throws IOException {
        // Given
        world.silent.add("w1");

        // When
        world.want(Mode.APPLY, false);
        world.run(Duration.ofHours(1));

        // Then
        assertThat(world.progress().phase()).isEqualTo(RolloutPhase.LOOKING);
        assertThat(world.progress().message())
                .isEqualTo("node-config has not reported from w1 yet");
        assertThat(world.history).isEmpty();
    }

    @Test
    void oneNodeWithoutIpv6KeepsAllFromBeingTouched() throws IOException {
        // Given
        ClusterFindings lame =
                new PlanCase(PlanCase.ROOT.resolve("refused-preflight")).findings("");
        world = new RolloutWorld(directory.resolve("lame"), lame);

        // When
        world.want(Mode.APPLY, false);
        world.run(Duration.ofHours(1));

        // Then
        assertThat(world.progress().phase()).isEqualTo(RolloutPhase.REFUSED);
        assertThat(world.history).containsExactly("phase Refused");
        for (NodeFindings node : lame.nodes()) {
            assertThat(world.args(node.name())).isEqualTo(node.args());
        }
    }

    @Test
    void aControlPlaneNodeThatJoinsLaterIsBroughtInLine() throws IOException {
        // Given
        world.want(Mode.APPLY, false);
        world.run(LONG);
        NodeFindings n1 = stock.node("n1");

        // When
        world.join(
                new NodeFindings(
                        "n4", n1.version(), true, true, n1.addresses(), n1.args(), n1.facts()));
        world.run(LONG);

        // Then
        assertThat(world.progress().phase()).isEqualTo(RolloutPhase.DONE);
        assertThat(world.history).endsWith("phase Nodes", "restart n4", "phase Done");
        assertThat(flags(world.args("n4"))).isEqualTo(flags(world.args("n1")));
    }

    @Test
    void aCalicoThatDoesNotComeUpStopsItBeforeAnyNodeRestarts() throws IOException {
        // Given
        world.want(Mode.APPLY, false);
        world.run(Duration.ofSeconds(15));
        world.replaceObjects(unavailable(world.objects()));

        // When
        world.run(Duration.ofHours(1));

        // Then
        assertThat(world.progress().phase()).isEqualTo(RolloutPhase.STOPPED);
        assertThat(world.progress().message()).contains("calico-node is not ready on 1 nodes");
        assertThat(world.history).noneMatch(line -> line.startsWith("restart"));
    }

    @Test
    void theWayBackLeavesEveryFileAsItWas() throws IOException {
        // Given
        world.want(Mode.APPLY, false);
        world.run(LONG);
        world.history.clear();

        // When
        world.want(Mode.UNDO, false);
        world.run(LONG);

        // Then
        assertThat(world.progress().phase()).isEqualTo(RolloutPhase.DONE);
        for (NodeFindings node : stock.nodes()) {
            assertThat(flags(world.args(node.name()))).isEqualTo(flags(node.args()));
        }
        assertThat(world.history)
                .containsSubsequence(
                        "restart n1",
                        "restart n2",
                        "restart n3",
                        "restart w1",
                        "change DaemonSet kube-system/calico-node",
                        "change IPPool default-ipv6-ippool",
                        "phase Done");
    }

    @Test
    void withoutABackupThereIsNoWayBack() throws IOException {
        // When
        world.want(Mode.UNDO, true);
        world.run(LONG);

        // Then
        assertThat(world.progress().phase()).isEqualTo(RolloutPhase.REFUSED);
        assertThat(world.progress().message()).contains("there is no backup");
    }

    private static List<JsonNode> unavailable(ClusterObjects objects) {
        List<JsonNode> changed = new ArrayList<>();
        for (JsonNode object : objects.all()) {
            JsonNode copy = object.deepCopy();
            if (copy.path("kind").asText().equals("DaemonSet")
                    && ClusterObjects.name(copy).equals("calico-node")) {
                ((ObjectNode) copy).putObject("status").put("numberUnavailable", 1);
            }
            changed.add(copy);
        }
        return changed;
    }

    /// Without Calico's manifest, which restarts nothing and so is no reason to go back.
    private static Map<String, String> onlyFlags(Map<String, String> args) {
        Map<String, String> flags = flags(args);
        flags.remove(NodeFindings.CNI_YAML);
        return flags;
    }

    /// Without blank lines, which MicroK8s' agent drops.
    private static Map<String, String> flags(Map<String, String> args) {
        Map<String, String> flags = new TreeMap<>();
        args.forEach((path, text) ->
                flags.put(
                        path, text.replaceAll("(?m)^\\s*\n", "").replaceAll(" +\n", "\n").strip()));
        return flags;
    }
}
