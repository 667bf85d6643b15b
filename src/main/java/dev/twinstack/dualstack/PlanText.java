package dev.twinstack.dualstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.twinstack.dualstack.Step.FileEdit;
import dev.twinstack.dualstack.Step.ObjectEdit;
import dev.twinstack.dualstack.Step.Restart;
import dev.twinstack.dualstack.Step.Task;
import dev.twinstack.dualstack.text.UnifiedDiff;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plan as people read it.
public final class PlanText {

    private static final String INDENT = "    ";

    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
                    .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .build();

    private PlanText() {}

    /// The whole plan, each line ended by a line feed.
    public static String of(Plan plan) {
        return switch (plan) {
            case Plan.Refused refused -> refused(refused.refusals());
            case Plan.Steps steps when steps.isEmpty() -> "Nothing to do. " + ranges(steps);
            case Plan.Steps steps -> steps(steps);
        };
    }

    /// The change of a step as a unified diff; empty for a task.
    public static String diff(Step step) {
        return switch (step) {
            case FileEdit edit -> UnifiedDiff.of(edit.before(), edit.after());
            case ObjectEdit edit -> UnifiedDiff.of(yaml(edit.before()), yaml(edit.after()));
            case Task _ -> "";
        };
    }

    /// What a step is about, in a few words.
    public static String target(Step step) {
        return switch (step) {
            case FileEdit edit -> "args/" + edit.path();
            case ObjectEdit edit -> verb(edit) + " " + edit.object();
            case Task task -> task.what();
        };
    }

    /// The node of a step; empty for one in the cluster.
    public static String node(Step step) {
        return switch (step) {
            case FileEdit edit -> edit.node();
            case ObjectEdit _ -> "";
            case Task task -> task.node();
        };
    }

    /// What a step restarts.
    public static Restart restarts(Step step) {
        return switch (step) {
            case FileEdit edit -> edit.restarts();
            case ObjectEdit edit -> edit.restarts();
            case Task _ -> Restart.NONE;
        };
    }

    private static String refused(List<Refusal> refusals) {
        StringBuilder text = new StringBuilder("Refused. Nothing was touched.\n");
        for (Refusal refusal : refusals) {
            text.append("\n%s: %s\n".formatted(refusal.about(), refusal.reason()))
                    .append(INDENT + "do:  %s\n".formatted(refusal.remedy()))
                    .append(INDENT + "see: %s\n".formatted(refusal.command()));
        }
        return text.toString();
    }

    private static String steps(Plan.Steps plan) {
        StringBuilder text =
                new StringBuilder(
                        switch (plan.goal()) {
                            case DUAL_STACK -> "To dual-stack. ";
                            case SINGLE_STACK -> "Back to single-stack. ";
                        });
        text.append(ranges(plan));
        int order = 1;
        for (Step step : plan.steps()) {
            text.append(step(order++, step));
        }
        if (!plan.notes().isEmpty()) {
            text.append("\nWhat else to know\n");
            plan.notes().forEach(note -> text.append("  - ").append(note).append('\n'));
        }
        return text.toString();
    }

    private static String ranges(Plan.Steps plan) {
        Ranges ranges = plan.ranges();
        return switch (plan.goal()) {
            case DUAL_STACK ->
                    "Pods: %s. Services: %s.\n".formatted(ranges.pods(), ranges.services());
            case SINGLE_STACK ->
                    "Pods: %s. Services: %s.\n".formatted(ranges.podsIpv4(), ranges.servicesIpv4());
        };
    }

    private static String step(int order, Step step) {
        StringBuilder text = new StringBuilder();
        String node = node(step);
        text.append("\n%2d. [%s] ".formatted(order, step.phase()))
                .append(node.isEmpty() ? "" : node + ": ")
                .append(target(step))
                .append(
                        step instanceof Task task && task.by() == Step.Doer.PERSON
                                ? "  (by you)"
                                : "")
                .append('\n')
                .append(INDENT + "because %s\n".formatted(step.why()));
        Restart restarts = restarts(step);
        if (restarts != Restart.NONE) {
            text.append(INDENT + "restarts %s\n".formatted(restarts));
        }
        String shown =
                step instanceof Task done
                        ? String.join("\n", done.commands().stream().map(c -> "$ " + c).toList())
                        : diff(step);
        shown.lines().forEach(line -> text.append((INDENT + line).stripTrailing()).append('\n'));
        return text.toString();
    }

    private static String verb(ObjectEdit edit) {
        if (edit.before() == null) {
            return "create";
        }
        return edit.after() == null ? "delete" : "change";
    }

    /// Without what only the cluster writes.
    static String yaml(@Nullable JsonNode object) {
        if (object == null) {
            return "";
        }
        ObjectNode shown = object.deepCopy();
        shown.remove("status");
        try {
            return YAML.writeValueAsString(shown);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
