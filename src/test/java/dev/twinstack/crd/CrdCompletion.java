package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a CustomResourceDefinition needs and fabric8's generator cannot say.
final class CrdCompletion {

    private CrdCompletion() {}

    static ObjectNode complete(ObjectNode crd, List<Class<? extends CustomResource<?, ?>>> kinds) {
        ObjectNode spec = (ObjectNode) crd.path("spec");
        ObjectNode names = (ObjectNode) spec.path("names");
        String kind = names.path("kind").asText();
        names.put("listKind", kind + "List");
        for (JsonNode each : spec.path("versions")) {
            ObjectNode version = (ObjectNode) each;
            Class<?> model = model(kinds, crd.path("metadata").path("name").asText(), version);
            orderColumns(version, model);
            ObjectNode schema = (ObjectNode) version.at("/schema/openAPIV3Schema");
            describe(schema, model);
            completeSchema(schema);
        }
        if (kind.equals("BGPPeer")) {
            spec.set("conversion", conversion(spec.objectNode()));
        }
        return crd;
    }

    private static Class<?> model(
            List<Class<? extends CustomResource<?, ?>>> kinds, String crd, ObjectNode version) {
        return kinds.stream()
                .filter(kind -> CustomResource.getCRDName(kind).equals(crd))
                .filter(kind -> hasVersion(kind, version.path("name").asText()))
                .findFirst()
                .orElseThrow();
    }

    private static boolean hasVersion(Class<? extends CustomResource<?, ?>> kind, String version) {
        return io.fabric8.kubernetes.api.model.HasMetadata.getVersion(kind).equals(version);
    }

    /// The generator sorts columns by path; people get them as written on the model.
    private static void orderColumns(ObjectNode version, Class<?> model) {
        AdditionalPrinterColumn[] wanted =
                model.getAnnotationsByType(AdditionalPrinterColumn.class);
        if (wanted.length == 0) {
            return;
        }
        ArrayNode ordered = version.arrayNode();
        for (AdditionalPrinterColumn column : wanted) {
            for (JsonNode generated : version.path("additionalPrinterColumns")) {
                if (generated.path("name").asText().equals(column.name())) {
                    ordered.add(generated);
                }
            }
        }
        version.set("additionalPrinterColumns", ordered);
    }

    /// The texts of `kubectl explain` for the kind, its spec and its status; a kind without a spec
    /// has none in its schema either.
    private static void describe(ObjectNode schema, Class<?> model) {
        Type[] specAndStatus =
                ((ParameterizedType) model.getGenericSuperclass()).getActualTypeArguments();
        ObjectNode properties = (ObjectNode) schema.path("properties");
        schema.put("description", description(model));
        if (specAndStatus[0].equals(Void.class)) {
            properties.remove("spec");
        } else {
            ((ObjectNode) properties.path("spec"))
                    .put("description", description((Class<?>) specAndStatus[0]));
        }
        ((ObjectNode) properties.path("status"))
                .put("description", description((Class<?>) specAndStatus[1]));
    }

    private static String description(Class<?> type) {
        return type.getAnnotation(JsonClassDescription.class).value();
    }

    private static void completeSchema(ObjectNode schema) {
        for (String bound : List.of("minimum", "maximum")) {
            if (schema.has(bound)) {
                schema.set(bound, LongNode.valueOf(schema.path(bound).longValue()));
            }
        }
        if (schema.has("x-kubernetes-validations")) {
            schema.set(
                    "x-kubernetes-validations",
                    withoutRepeats((ArrayNode) schema.path("x-kubernetes-validations")));
        }
        JsonNode properties = schema.path("properties");
        if (properties.has("matchLabels")) {
            markSelector(schema);
        }
        markTime(properties, "lastTransitionTime");
        markTime(properties, "since");
        markTime(properties, "keepUntil");
        markTime(properties, "reusableFrom");
        if (properties.path("conditions").at("/items/properties").has("lastTransitionTime")) {
            markConditions((ObjectNode) properties.path("conditions"));
        }
        properties.forEach(property -> completeSchema((ObjectNode) property));
        if (schema.has("items")) {
            completeSchema((ObjectNode) schema.path("items"));
        }
    }

    /// A rule on a record component stands on its field and on its accessor; the generator takes
    /// both.
    private static ArrayNode withoutRepeats(ArrayNode rules) {
        Set<JsonNode> distinct = new LinkedHashSet<>();
        rules.forEach(distinct::add);
        return rules.arrayNode().addAll(new ArrayList<>(distinct));
    }

    /// Selectors are replaced as a whole by server-side apply, as everywhere in Kubernetes.
    private static void markSelector(ObjectNode selector) {
        selector.put("x-kubernetes-map-type", "atomic");
        ObjectNode expressions = (ObjectNode) selector.at("/properties/matchExpressions");
        expressions.put("x-kubernetes-list-type", "atomic");
        ((ObjectNode) expressions.at("/items/properties/values"))
                .put("x-kubernetes-list-type", "atomic");
    }

    private static void markConditions(ObjectNode conditions) {
        conditions.put("x-kubernetes-list-type", "map");
        conditions.putArray("x-kubernetes-list-map-keys").add("type");
    }

    private static void markTime(JsonNode properties, String name) {
        if (properties.has(name)) {
            ((ObjectNode) properties.path(name)).put("format", "date-time");
        }
    }

    /// The controller's webhook; it writes the `caBundle` itself.
    private static ObjectNode conversion(ObjectNode conversion) {
        conversion.put("strategy", "Webhook");
        ObjectNode webhook = conversion.putObject("webhook");
        webhook.putObject("clientConfig")
                .putObject("service")
                .put("namespace", "metallb-system")
                .put("name", "twinstack-webhook-service")
                .put("path", "/convert")
                .put("port", 443);
        webhook.putArray("conversionReviewVersions").add("v1");
        return conversion;
    }
}
