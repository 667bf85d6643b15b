package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.dualstack.Step.Doer;
import dev.twinstack.dualstack.Step.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Pods keep the addresses they were born with: those of one family are made anew.
final class PodTasks {

    private static final Set<String> ROLLED = Set.of("DaemonSet", "StatefulSet");

    private PodTasks() {}

    /// The pods that have not the wanted number of addresses.
    static Optional<Task> recreate(ClusterObjects objects, boolean dualStack) {
        List<JsonNode> pods = objects.of("", "Pod").filter(pod -> lags(pod, dualStack)).toList();
        if (pods.isEmpty()) {
            return Optional.empty();
        }
        Set<String> commands = new TreeSet<>();
        pods.forEach(pod -> commands.add(command(pod)));
        return Optional.of(
                new Task(
                        Phase.PODS,
                        "",
                        "Recreate %s"
                                .formatted(pods.size() == 1 ? "one pod" : pods.size() + " pods"),
                        new ArrayList<>(commands),
                        "a pod keeps the addresses it was given when it was created",
                        Doer.PERSON));
    }

    private static boolean lags(JsonNode pod, boolean dualStack) {
        int addresses = pod.at("/status/podIPs").size();
        return !pod.at("/spec/hostNetwork").asBoolean()
                && pod.at("/status/phase").asText().equals("Running")
                && addresses == (dualStack ? 1 : 2);
    }

    private static String command(JsonNode pod) {
        String namespace = ClusterObjects.namespace(pod);
        Optional<JsonNode> owner =
                pod.at("/metadata/ownerReferences")
                        .valueStream()
                        .filter(each -> each.path("controller").asBoolean())
                        .findFirst();
        String kind = owner.map(each -> each.path("kind").asText()).orElse("");
        String name = owner.map(each -> each.path("name").asText()).orElse("");
        if (kind.equals("ReplicaSet") && name.indexOf('-') > 0) {
            return rollout(namespace, "deployment/" + name.substring(0, name.lastIndexOf('-')));
        }
        if (ROLLED.contains(kind)) {
            return rollout(namespace, kind.toLowerCase(Locale.ROOT) + "/" + name);
        }
        String remark =
                Stream.of("Job", "ReplicationController").anyMatch(kind::equals)
                        ? "   # its %s makes another".formatted(kind)
                        : "   # nothing makes another: keep its manifest";
        return "kubectl delete -n %s pod/%s%s"
                .formatted(namespace, ClusterObjects.name(pod), remark);
    }

    private static String rollout(String namespace, String what) {
        return "kubectl rollout restart -n %s %s".formatted(namespace, what);
    }
}
