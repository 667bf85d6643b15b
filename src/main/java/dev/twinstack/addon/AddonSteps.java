package dev.twinstack.addon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.addon.EnableArguments.DualStackMode;
import dev.twinstack.install.FoundObjects;
import dev.twinstack.install.OwnManifests;
import dev.twinstack.install.Part;
import dev.twinstack.install.Step;
import dev.twinstack.install.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The steps of an enable.
final class AddonSteps {

    /// MicroK8s finds the addon enabled while a ClusterRole of this name is there: it comes first
    /// and goes last, so that a half-done enable can be disabled.
    static final String MARKER = "twinstack-addon";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AddonSteps() {}

    static Step marker() {
        ObjectNode role =
                JSON.objectNode()
                        .put("apiVersion", "rbac.authorization.k8s.io/v1")
                        .put("kind", "ClusterRole");
        role.putObject("metadata")
                .put("name", MARKER)
                .putObject("annotations")
                .put("twinstack.dev/purpose", "says to MicroK8s that the addon is enabled");
        role.putArray("rules");
        return new Step.Apply("Mark the addon as enabled", List.of(role));
    }

    static List<Step> program(String image) {
        return List.of(
                apply("Create the webhooks and namespaces", Part.COMMON, image),
                apply("Start the controller", Part.CONTROLLER, image),
                apply("Start the speakers", Part.SPEAKER, image),
                rollout("Wait for the controller", "Deployment", "twinstack-controller"),
                rollout("Wait for the speakers", "DaemonSet", "twinstack-speaker"));
    }

    static List<Step> userObjects(List<ObjectNode> missing) {
        return missing.isEmpty()
                ? List.of()
                : List.of(new Step.Apply("Create pools, peers and advertisements", missing));
    }

    static List<Step> dualStack(Optional<DualStackMode> mode, FoundObjects found, String image) {
        if (mode.isEmpty()) {
            return List.of();
        }
        ObjectNode wish =
                JSON.objectNode()
                        .put("apiVersion", "twinstack.dev/v1alpha1")
                        .put("kind", "DualStack");
        wish.putObject("metadata").put("name", "default");
        wish.putObject("spec")
                .put(
                        "mode",
                        switch (mode.get()) {
                            case PLAN -> "Plan";
                            case APPLY -> "Apply";
                        });
        return List.of(
                new Step.Apply(
                        "Start the dual-stack configurator",
                        OwnManifests.withImage(nodeConfig(found), image)),
                new Step.Apply("Ask for dual-stack", List.of(wish)));
    }

    /// Kubernetes has ValidatingAdmissionPolicies from 1.30 on.
    private static List<ObjectNode> nodeConfig(FoundObjects found) {
        boolean policies =
                found.of("", "Node")
                        .map(node -> node.at("/status/nodeInfo/kubeletVersion").asText())
                        .noneMatch(version -> version.matches("v1\\.(1?[0-9]|2[0-9])\\..*"));
        return OwnManifests.of(Part.NODE_CONFIG).stream()
                .filter(object ->
                        policies
                                || !object.path("kind")
                                        .asText()
                                        .startsWith("ValidatingAdmissionPolicy"))
                .toList();
    }

    /// Deletes what was not there, the marker last.
    ///
    /// @param mode whether the dual-stack configurator was to be started
    static List<Step> undo(
            FoundObjects found, List<ObjectNode> userObjects, Optional<DualStackMode> mode) {
        List<Target> targets = new ArrayList<>();
        boolean kindsWereThere = found.has(Target.of(OwnManifests.of(Part.CRDS).getFirst()));
        if (kindsWereThere) {
            userObjects.forEach(object -> targets.add(Target.of(object)));
        }
        List<JsonNode> own = new ArrayList<>(OwnManifests.all());
        if (mode.isPresent()) {
            own.addAll(nodeConfig(found));
        }
        Collections.reverse(own);
        own.stream().map(Target::of).filter(target -> !found.has(target)).forEach(targets::add);
        targets.add(Target.of(((Step.Apply) marker()).objects().getFirst()));
        return List.of(new Step.Delete("Remove what was created", targets));
    }

    private static Step apply(String what, Part part, String image) {
        return new Step.Apply(what, OwnManifests.withImage(OwnManifests.of(part), image));
    }

    private static Step rollout(String what, String kind, String name) {
        return new Step.AwaitRollout(
                what, new Target("apps/v1", kind, UserObjects.NAMESPACE, name));
    }
}
