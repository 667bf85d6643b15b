package dev.twinstack.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.install.FoundObjects;
import dev.twinstack.install.Step;
import dev.twinstack.install.Target;
import java.util.ArrayList;
import java.util.List;

/// Who converts the BGPPeers between their versions: the one thing in MetalLB's definitions that
/// points to its own Service. Definitions are given our contents in place, so no object is lost;
/// MetalLB reads its objects with them too.
final class Definitions {

    private static final String API = "apiextensions.k8s.io/v1";
    private static final String KIND = "CustomResourceDefinition";

    /// What `spec.conversion` was, on the definition itself.
    private static final String BEFORE = "twinstack.dev/conversion-before";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Definitions() {}

    /// Notes how the definitions are converted now, if that is not noted yet.
    static List<Step> note(FoundObjects found) {
        List<Step> steps = new ArrayList<>();
        found.of("apiextensions.k8s.io", KIND)
                .filter(definition -> isWebhook(definition.at("/spec/conversion")))
                .filter(definition -> !definition.at("/metadata/annotations").has(BEFORE))
                .filter(definition -> !isOurs(definition))
                .forEach(definition -> {
                    ObjectNode patch = JSON.objectNode();
                    patch.putObject("metadata")
                            .putObject("annotations")
                            .put(BEFORE, definition.at("/spec/conversion").toString());
                    steps.add(
                            new Step.Patch(
                                    "Note who converts " + FoundObjects.name(definition),
                                    target(definition),
                                    patch));
                });
        return steps;
    }

    /// Has the definitions converted as before, by what they say themselves.
    static List<Step> restoreNoted(FoundObjects found) {
        List<Step> steps = new ArrayList<>();
        found.of("apiextensions.k8s.io", KIND)
                .filter(definition -> definition.at("/metadata/annotations").has(BEFORE))
                .forEach(definition ->
                        steps.add(
                                restore(
                                        definition,
                                        FoundObjects.json(
                                                definition
                                                        .at("/metadata/annotations")
                                                        .path(BEFORE)
                                                        .asText()))));
        return steps;
    }

    /// Has the definitions converted as they are now: what undoes a migration that has just begun.
    static List<Step> restorePresent(FoundObjects found) {
        List<Step> steps = new ArrayList<>();
        found.of("apiextensions.k8s.io", KIND)
                .filter(definition -> isWebhook(definition.at("/spec/conversion")))
                .forEach(definition ->
                        steps.add(restore(definition, definition.at("/spec/conversion"))));
        return steps;
    }

    private static Step restore(JsonNode definition, JsonNode conversion) {
        ObjectNode patch = JSON.objectNode();
        patch.putObject("metadata").putObject("annotations").putNull(BEFORE);
        patch.putObject("spec").set("conversion", conversion);
        return new Step.Patch(
                "Have %s converted as before".formatted(FoundObjects.name(definition)),
                target(definition),
                patch);
    }

    private static boolean isWebhook(JsonNode conversion) {
        return conversion.path("strategy").asText().equals("Webhook");
    }

    private static boolean isOurs(JsonNode definition) {
        return definition
                .at("/spec/conversion/webhook/clientConfig/service/name")
                .asText()
                .equals("twinstack-webhook-service");
    }

    private static Target target(JsonNode definition) {
        return Target.ofCluster(API, KIND, FoundObjects.name(definition));
    }
}
