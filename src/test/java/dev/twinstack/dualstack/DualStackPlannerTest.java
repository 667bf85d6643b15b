package dev.twinstack.dualstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Runs the folders of `src/test/resources/dualstack` (see [PlanCase]): the plan as text and as
/// JSON, and every file and object it changes, as they are afterwards. `-Ddualstack.update=true`
/// writes `expected/` anew; read the difference before you commit it.
class DualStackPlannerTest {

    @TestFactory
    Stream<DynamicTest> plans() throws IOException {
        return PlanCase.all()
                .map(folder ->
                        DynamicTest.dynamicTest(
                                folder.getFileName().toString(), () -> run(folder)));
    }

    private static void run(Path folder) throws IOException {
        // Given
        PlanCase given = new PlanCase(folder);

        // When
        Plan plan = given.plan();

        // Then
        Map<String, String> seen = outcome(plan);
        if (Boolean.getBoolean("dualstack.update")) {
            given.rewrite(seen);
        }
        assertThat(seen).isEqualTo(given.expected());
        assertThat(given.unused()).as("files of in/ that nothing reads").isEmpty();
        assertThat(seen.get("plan.txt")).doesNotContain("%s", "%d", "Optional");
    }

    private static Map<String, String> outcome(Plan plan) {
        Map<String, String> files = new TreeMap<>();
        files.put("plan.txt", PlanText.of(plan));
        files.put("plan.json", PlanJson.of(plan).toPrettyString() + "\n");
        if (plan instanceof Plan.Steps steps) {
            for (Step step : steps.steps()) {
                switch (step) {
                    case Step.FileEdit edit ->
                            files.put(
                                    "nodes/%s/args/%s".formatted(edit.node(), edit.path()),
                                    edit.after());
                    case Step.ObjectEdit edit ->
                            files.put(
                                    "objects/%s-%s.yaml"
                                            .formatted(edit.object().kind(), edit.object().name()),
                                    edit.after() == null
                                            ? "# deleted\n"
                                            : PlanText.yaml(edit.after()));
                    case Step.Task _ -> {}
                }
            }
        }
        return files;
    }

    /// What a plan leads to needs no other plan; only what people do by hand may still be open.
    @TestFactory
    Stream<DynamicTest> plansAreDoneOnce() throws IOException {
        return PlanCase.all()
                .map(folder ->
                        DynamicTest.dynamicTest(
                                folder.getFileName().toString(),
                                () -> {
                                    PlanCase given = new PlanCase(folder);
                                    if (given.plan() instanceof Plan.Steps steps
                                            && steps.steps().stream()
                                                    .noneMatch(step ->
                                                            step.phase() == Phase.SERVICES)) {
                                        assertThat(again(given, steps)).isEmpty();
                                    }
                                }));
    }

    /// The way back is refused for a node without a backup.
    @TestFactory
    Stream<DynamicTest> everyNodeIsBackedUpBeforeAnythingChanges() throws IOException {
        return PlanCase.all()
                .map(folder ->
                        DynamicTest.dynamicTest(
                                folder.getFileName().toString(), () -> backsUp(folder)));
    }

    private static void backsUp(Path folder) throws IOException {
        PlanCase given = new PlanCase(folder);
        if (given.plan() instanceof Plan.Steps steps
                && steps.goal() == Plan.Goal.DUAL_STACK
                && !steps.steps().stream().allMatch(Step.Task.class::isInstance)) {
            assertThat(steps.steps())
                    .filteredOn(step -> step.phase() == Phase.BACKUP)
                    .extracting(PlanText::node)
                    .containsAll(
                            given.findings("").nodes().stream().map(NodeFindings::name).toList());
        }
    }

    @Test
    void nothingIsRefusedWithoutReason() {
        List<Refusal> none = List.of();

        assertThatIllegalArgumentException().isThrownBy(() -> new Plan.Refused(none));
    }

    private static String again(PlanCase given, Plan.Steps steps) throws IOException {
        ClusterFindings after = Applied.to(given.findings(""), steps);
        Plan plan = given.planFor(after);
        return plan instanceof Plan.Steps second
                ? second.steps().stream()
                        .filter(step -> !(step instanceof Step.Task))
                        .map(step -> PlanText.node(step) + " " + PlanText.target(step))
                        .reduce("", (one, other) -> one + other + "\n")
                : PlanText.of(plan);
    }
}
