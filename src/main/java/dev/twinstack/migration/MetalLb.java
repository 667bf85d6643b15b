package dev.twinstack.migration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.install.FoundObjects;
import dev.twinstack.install.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A MetalLB that was found, however it was installed: MicroK8s' addon, its manifests, its chart.
///
/// @param controllers its Deployments
/// @param speakers its DaemonSets: the speakers, and frr-k8s where that holds their sessions
/// @param webhooks its ValidatingWebhookConfigurations
public record MetalLb(
        List<JsonNode> controllers, List<JsonNode> speakers, List<JsonNode> webhooks) {

    /// Selects no node. Its key on a DaemonSet's node selector says that a migration stopped it.
    static final String STOPPED_KEY = "twinstack.dev/stopped";

    static final String STOPPED_VALUE = "by-migration";

    /// How many replicas a Deployment had before a migration stopped it.
    static final String REPLICAS_BEFORE = "twinstack.dev/replicas-before";

    private static final String GROUP = "metallb.io";
    private static final List<String> NAMES = List.of("metallb", "frr-k8s");

    public MetalLb {
        controllers = List.copyOf(controllers);
        speakers = List.copyOf(speakers);
        webhooks = List.copyOf(webhooks);
    }

    /// The MetalLB among these objects, if any of its workloads is there.
    public static Optional<MetalLb> in(FoundObjects found) {
        List<JsonNode> controllers =
                found.of("apps", "Deployment").filter(MetalLb::isPart).toList();
        List<JsonNode> speakers = found.of("apps", "DaemonSet").filter(MetalLb::isPart).toList();
        if (controllers.isEmpty() && speakers.isEmpty()) {
            return Optional.empty();
        }
        List<JsonNode> webhooks =
                found.of("admissionregistration.k8s.io", "ValidatingWebhookConfiguration")
                        .filter(MetalLb::judgesOurKinds)
                        .toList();
        return Optional.of(new MetalLb(controllers, speakers, webhooks));
    }

    /// Whether some of it is at work.
    public boolean isRunning() {
        return controllers.stream().anyMatch(controller -> replicas(controller) > 0)
                || speakers.stream().anyMatch(speaker -> !isStopped(speaker));
    }

    /// Whether a migration has stopped some of it.
    public boolean isStopped() {
        return speakers.stream().anyMatch(MetalLb::isStopped)
                || controllers.stream().anyMatch(MetalLb::isScaledDown);
    }

    /// Where its workloads are; the first, if in several.
    public String namespace() {
        return Stream.concat(speakers.stream(), controllers.stream())
                .map(FoundObjects::namespace)
                .findFirst()
                .orElse("");
    }

    /// The Services of its webhooks, which its CRDs are converted by too.
    Optional<String> webhookService() {
        return webhooks.stream()
                .flatMap(MetalLb::hooks)
                .map(hook -> hook.at("/clientConfig/service/name").asText())
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    /// The value of a flag of the controller, as `--lb-class=internal`.
    Optional<String> controllerFlag(String name) {
        return controllers.stream()
                .flatMap(controller -> elements(containers(controller)))
                .flatMap(container ->
                        Stream.concat(
                                elements(container.path("args")),
                                elements(container.path("command"))))
                .map(JsonNode::asText)
                .filter(argument -> argument.startsWith(name + "="))
                .map(argument -> argument.substring(name.length() + 1))
                .findFirst();
    }

    static int replicas(JsonNode deployment) {
        return deployment.at("/spec/replicas").asInt(1);
    }

    static boolean isScaledDown(JsonNode deployment) {
        return deployment.at("/metadata/annotations").has(REPLICAS_BEFORE);
    }

    static boolean isStopped(JsonNode daemonSet) {
        return daemonSet.at("/spec/template/spec/nodeSelector").has(STOPPED_KEY);
    }

    static Stream<JsonNode> hooks(JsonNode configuration) {
        return elements(configuration.path("webhooks"));
    }

    static String selector(JsonNode workload) {
        StringBuilder selector = new StringBuilder();
        workload.at("/spec/selector/matchLabels")
                .properties()
                .forEach(label ->
                        selector.append(selector.isEmpty() ? "" : ",")
                                .append(label.getKey())
                                .append('=')
                                .append(label.getValue().asText()));
        return selector.toString();
    }

    static List<Target> targets(List<JsonNode> objects) {
        return objects.stream().map(Target::of).toList();
    }

    private static boolean isPart(JsonNode workload) {
        JsonNode labels = workload.at("/metadata/labels");
        return NAMES.contains(labels.path("app").asText())
                || NAMES.contains(labels.path("app.kubernetes.io/name").asText())
                || elements(containers(workload))
                        .map(container -> container.path("image").asText())
                        .anyMatch(image -> image.contains("metallb/"));
    }

    private static JsonNode containers(JsonNode workload) {
        return workload.at("/spec/template/spec/containers");
    }

    private static boolean judgesOurKinds(JsonNode configuration) {
        return !FoundObjects.name(configuration).equals("twinstack")
                && hooks(configuration)
                        .flatMap(hook -> elements(hook.path("rules")))
                        .flatMap(rule -> elements(rule.path("apiGroups")))
                        .anyMatch(group -> group.asText().equals(GROUP));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
