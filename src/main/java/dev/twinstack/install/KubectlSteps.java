package dev.twinstack.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Steps as calls of kubectl, for scripts that carry them out with the rights of whoever runs them:
/// `{"what": ..., "kubectl": [...], "input": ...}` each. Objects are in the input, as JSON.
public final class KubectlSteps {

    /// Who wrote a field (`kubectl apply --field-manager`).
    static final String FIELD_MANAGER = "twinstack-install";

    static final int KINDS_SECONDS = 60;
    static final int ROLLOUT_SECONDS = 300;
    static final int NO_PODS_SECONDS = 120;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private KubectlSteps() {}

    /// A list, in the order of the steps.
    public static ArrayNode of(List<Step> steps) {
        ArrayNode list = JSON.arrayNode();
        steps.forEach(step -> list.add(json(step)));
        return list;
    }

    private static ObjectNode json(Step step) {
        return switch (step) {
            case Step.Apply apply ->
                    call(
                            step,
                            list(apply.objects()).toString(),
                            List.of(
                                    "apply",
                                    "--server-side",
                                    "--force-conflicts",
                                    "--field-manager=" + FIELD_MANAGER,
                                    "-f",
                                    "-"));
            case Step.Patch patch ->
                    call(
                            step,
                            "",
                            in(
                                    patch.target().namespace(),
                                    "patch",
                                    patch.target().resource(),
                                    "--type=" + (patch.patch().isArray() ? "json" : "merge"),
                                    "--patch",
                                    patch.patch().toString()));
            case Step.Delete delete ->
                    call(
                            step,
                            list(delete.targets().stream().map(KubectlSteps::head).toList())
                                    .toString(),
                            List.of("delete", "--ignore-not-found", "-f", "-"));
            case Step.AwaitKinds kinds -> call(step, "", awaitKinds(kinds));
            case Step.AwaitRollout rollout ->
                    call(
                            step,
                            "",
                            in(
                                    rollout.target().namespace(),
                                    "rollout",
                                    "status",
                                    rollout.target().resource(),
                                    "--timeout=%ds".formatted(ROLLOUT_SECONDS)));
            case Step.AwaitNoPods pods ->
                    call(
                            step,
                            "",
                            in(
                                    pods.namespace(),
                                    "wait",
                                    "--for=delete",
                                    "pod",
                                    "--selector=" + pods.selector(),
                                    "--timeout=%ds".formatted(NO_PODS_SECONDS)));
        };
    }

    private static List<String> awaitKinds(Step.AwaitKinds kinds) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "wait",
                                "--for=condition=Established",
                                "--timeout=%ds".formatted(KINDS_SECONDS)));
        kinds.names().forEach(name -> arguments.add("crd/" + name));
        return arguments;
    }

    private static List<String> in(String namespace, String... arguments) {
        List<String> all = new ArrayList<>();
        if (!namespace.isEmpty()) {
            all.add("--namespace=" + namespace);
        }
        all.addAll(List.of(arguments));
        return all;
    }

    private static ObjectNode call(Step step, String input, List<String> arguments) {
        ObjectNode call = JSON.objectNode().put("what", step.what());
        arguments.forEach(call.putArray("kubectl")::add);
        return call.put("input", input);
    }

    private static ObjectNode list(List<? extends JsonNode> objects) {
        ObjectNode list = JSON.objectNode().put("apiVersion", "v1").put("kind", "List");
        objects.forEach(list.putArray("items")::add);
        return list;
    }

    private static ObjectNode head(Target target) {
        ObjectNode head =
                JSON.objectNode().put("apiVersion", target.apiVersion()).put("kind", target.kind());
        ObjectNode metadata = head.putObject("metadata").put("name", target.name());
        if (!target.namespace().isEmpty()) {
            metadata.put("namespace", target.namespace());
        }
        return head;
    }
}
