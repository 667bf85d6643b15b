package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.dualstack.Step.ObjectEdit;
import dev.twinstack.dualstack.Step.ObjectName;
import dev.twinstack.dualstack.Step.Restart;
import java.util.ArrayList;
import java.util.List;

/// Services before the way back: who has a second family gives it up, who needs IPv6 stops the
/// undoing unless it is forced.
final class UndoServices {

    private final List<ObjectEdit> edits = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    UndoServices(ClusterObjects objects, boolean force) {
        objects.of("", "Service").forEach(service -> judge(service, force));
    }

    List<ObjectEdit> edits() {
        return edits;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    private void judge(JsonNode service, boolean force) {
        JsonNode families = service.at("/spec/ipFamilies");
        boolean first = families.path(0).asText().equals("IPv6");
        boolean required = service.at("/spec/ipFamilyPolicy").asText().equals("RequireDualStack");
        if ((first || required) && !force) {
            refusals.add(refusal(service, first));
        } else if (first) {
            edits.add(
                    new ObjectEdit(
                            Phase.SERVICES,
                            ObjectName.of(service),
                            service,
                            null,
                            "IPv6 is its first family, which cannot change; the undoing is forced",
                            Restart.NONE));
        } else if (families.size() > 1 || required) {
            edits.add(narrow(service));
        }
    }

    private static Refusal refusal(JsonNode service, boolean first) {
        String name =
                "Service %s/%s"
                        .formatted(ClusterObjects.namespace(service), ClusterObjects.name(service));
        return new Refusal(
                name,
                first
                        ? "it has IPv6 as its first or only family"
                        : "it requires two families (ipFamilyPolicy RequireDualStack)",
                first
                        ? "delete it, or create it anew for IPv4; --force deletes it"
                        : "set its ipFamilyPolicy to SingleStack; --force does that",
                "kubectl get -n %s service/%s -o yaml"
                        .formatted(
                                ClusterObjects.namespace(service), ClusterObjects.name(service)));
    }

    private static ObjectEdit narrow(JsonNode service) {
        ObjectNode after = service.deepCopy();
        ObjectNode spec = (ObjectNode) after.path("spec");
        spec.put("ipFamilyPolicy", "SingleStack");
        keepFirst(spec, "ipFamilies");
        keepFirst(spec, "clusterIPs");
        return new ObjectEdit(
                Phase.SERVICES,
                ObjectName.of(service),
                service,
                after,
                "with two cluster IPs nothing of it could be changed on a single-stack API server",
                Restart.NONE);
    }

    private static void keepFirst(ObjectNode spec, String field) {
        if (spec.path(field) instanceof ArrayNode list) {
            while (list.size() > 1) {
                list.remove(list.size() - 1);
            }
        }
    }
}
