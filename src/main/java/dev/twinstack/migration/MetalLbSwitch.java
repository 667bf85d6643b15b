package dev.twinstack.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.install.FoundObjects;
import dev.twinstack.install.Step;
import dev.twinstack.install.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stops a MetalLB without deleting anything of it, and starts it again. What it was is noted on
/// its own objects.
final class MetalLbSwitch {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final MetalLb metalLb;

    MetalLbSwitch(MetalLb metalLb) {
        this.metalLb = metalLb;
    }

    /// Webhooks first: without their controller they would refuse every change of a pool.
    List<Step> stopController() {
        List<Step> steps = new ArrayList<>(webhooks(false));
        for (JsonNode controller : metalLb.controllers()) {
            if (!MetalLb.isScaledDown(controller)) {
                steps.add(
                        new Step.Patch(
                                "Stop MetalLB's controller",
                                Target.of(controller),
                                scaled(0, Integer.toString(MetalLb.replicas(controller)))));
            }
            steps.add(noPods(controller));
        }
        return steps;
    }

    List<Step> stopSpeakers() {
        List<Step> steps = new ArrayList<>();
        for (JsonNode speaker : metalLb.speakers()) {
            steps.add(
                    new Step.Patch(
                            "Stop MetalLB's speakers",
                            Target.of(speaker),
                            nodeSelector(JSON.textNode(MetalLb.STOPPED_VALUE))));
        }
        metalLb.speakers().forEach(speaker -> steps.add(noPods(speaker)));
        return steps;
    }

    List<Step> startSpeakers() {
        List<Step> steps = new ArrayList<>();
        for (JsonNode speaker : metalLb.speakers()) {
            steps.add(
                    new Step.Patch(
                            "Start MetalLB's speakers",
                            Target.of(speaker),
                            nodeSelector(JSON.nullNode())));
        }
        return steps;
    }

    /// Webhooks last, when somebody answers them again.
    List<Step> startController() {
        List<Step> steps = new ArrayList<>();
        for (JsonNode controller : metalLb.controllers()) {
            steps.add(
                    new Step.Patch(
                            "Start MetalLB's controller",
                            Target.of(controller),
                            scaled(replicasBefore(controller), null)));
        }
        steps.addAll(webhooks(true));
        return steps;
    }

    List<Step> awaitStarted() {
        List<Step> steps = new ArrayList<>();
        metalLb.controllers().forEach(workload -> steps.add(rollout(workload)));
        metalLb.speakers().forEach(workload -> steps.add(rollout(workload)));
        return steps;
    }

    private static Step rollout(JsonNode workload) {
        Target target = Target.of(workload);
        return new Step.AwaitRollout("Wait for " + target, target);
    }

    private static int replicasBefore(JsonNode controller) {
        String noted =
                controller.at("/metadata/annotations").path(MetalLb.REPLICAS_BEFORE).asText();
        return noted.matches("[0-9]{1,3}") ? Integer.parseInt(noted) : MetalLb.replicas(controller);
    }

    private static Step noPods(JsonNode workload) {
        return new Step.AwaitNoPods(
                "Wait until " + Target.of(workload) + " has no pods",
                FoundObjects.namespace(workload),
                MetalLb.selector(workload));
    }

    /// A webhook that is off is asked only about objects with a label that none has.
    private List<Step> webhooks(boolean on) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode configuration : metalLb.webhooks()) {
            ArrayNode patch = JSON.arrayNode();
            for (int i = 0; i < configuration.path("webhooks").size(); i++) {
                ObjectNode value = JSON.objectNode();
                if (!on) {
                    value.putObject("matchLabels").put(MetalLb.STOPPED_KEY, MetalLb.STOPPED_VALUE);
                }
                patch.addObject()
                        .put("op", "add")
                        .put("path", "/webhooks/%d/objectSelector".formatted(i))
                        .set("value", value);
            }
            steps.add(
                    new Step.Patch(
                            (on ? "Have" : "Keep")
                                    + " MetalLB's webhooks "
                                    + (on ? "asked again" : "from being asked"),
                            Target.of(configuration),
                            patch));
        }
        return steps;
    }

    private static ObjectNode scaled(int replicas, @Nullable String before) {
        ObjectNode patch = JSON.objectNode();
        patch.putObject("metadata").putObject("annotations").put(MetalLb.REPLICAS_BEFORE, before);
        patch.putObject("spec").put("replicas", replicas);
        return patch;
    }

    private static ObjectNode nodeSelector(JsonNode value) {
        ObjectNode patch = JSON.objectNode();
        patch.putObject("spec")
                .putObject("template")
                .putObject("spec")
                .putObject("nodeSelector")
                .set(MetalLb.STOPPED_KEY, value);
        return patch;
    }
}
