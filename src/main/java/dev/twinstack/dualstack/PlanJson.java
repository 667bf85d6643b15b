package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.dualstack.Step.FileEdit;
import dev.twinstack.dualstack.Step.ObjectEdit;
import dev.twinstack.dualstack.Step.Task;

/// A plan for programs: whole files and objects before and after, in the order of the steps.
public final class PlanJson {

    private PlanJson() {}

    /// `{refused: [...]}` or `{ranges, steps: [...], notes: [...]}`.
    public static JsonNode of(Plan plan) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return switch (plan) {
            case Plan.Refused refused -> {
                ArrayNode refusals = json.put("outcome", "Refused").putArray("refusals");
                refused.refusals().forEach(each -> refusals.add(refusal(each)));
                yield json;
            }
            case Plan.Steps steps -> {
                json.put("outcome", steps.isEmpty() ? "NothingToDo" : "Steps");
                json.put("goal", steps.goal().name());
                json.putObject("ranges")
                        .put("podsIPv4", steps.ranges().podsIpv4().toString())
                        .put("podsIPv6", steps.ranges().podsIpv6().toString())
                        .put("servicesIPv4", steps.ranges().servicesIpv4().toString())
                        .put("servicesIPv6", steps.ranges().servicesIpv6().toString());
                ArrayNode list = json.putArray("steps");
                steps.steps().forEach(step -> list.add(step(list.size() + 1, step)));
                ArrayNode notes = json.putArray("notes");
                steps.notes().forEach(notes::add);
                yield json;
            }
        };
    }

    private static ObjectNode refusal(Refusal refusal) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("about", refusal.about())
                .put("reason", refusal.reason())
                .put("remedy", refusal.remedy())
                .put("command", refusal.command());
    }

    private static ObjectNode step(int order, Step step) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("order", order).put("phase", step.phase().toString());
        switch (step) {
            case FileEdit edit ->
                    json.put("node", edit.node())
                            .put("file", edit.path())
                            .put("restarts", edit.restarts().name())
                            .put("why", edit.why())
                            .put("before", edit.before())
                            .put("after", edit.after());
            case ObjectEdit edit -> {
                json.putObject("object")
                        .put("apiVersion", edit.object().apiVersion())
                        .put("kind", edit.object().kind())
                        .put("namespace", edit.object().namespace())
                        .put("name", edit.object().name());
                json.put("restarts", edit.restarts().name()).put("why", edit.why());
                json.set("before", edit.before());
                json.set("after", edit.after());
            }
            case Task task -> {
                json.put("node", task.node()).put("what", task.what()).put("why", task.why());
                json.put("by", task.by().name());
                ArrayNode commands = json.putArray("commands");
                task.commands().forEach(commands::add);
            }
        }
        return json;
    }
}
