package dev.twinstack.bgp.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/// A decoded message in the form of `decoded` in `valid.jsonl`.
final class DecodedJson {

    private static final List<String> REFRESH_SUBTYPES = List.of("request", "BoRR", "EoRR");

    private DecodedJson() {}

    static ObjectNode of(BgpMessage message, int length, int parametersLength) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (message) {
            case OpenMessage open -> {
                json.put("type", "OPEN");
                write(json, open);
                json.put("opt-params-length", parametersLength);
            }
            case UpdateMessage update -> {
                json.put("type", "UPDATE");
                write(json, update);
            }
            case NotificationMessage notification -> {
                json.put("type", "NOTIFICATION");
                write(json, notification);
            }
            case KeepaliveMessage _ -> json.put("type", "KEEPALIVE");
            case RouteRefreshMessage refresh ->
                    json.put("type", "ROUTE-REFRESH")
                            .put("family", Names.family(refresh.family()))
                            .put("subtype", REFRESH_SUBTYPES.get(refresh.subtype()));
        }
        return json.put("length", length);
    }

    private static void write(ObjectNode json, OpenMessage open) {
        json.put("version", 4)
                .put("my-as", open.twoOctetAs())
                .put("hold-time", open.holdTime().toSeconds())
                .put("bgp-id", open.bgpIdentifier().toString());
        ArrayNode capabilities = json.putArray("capabilities");
        open.capabilities().forEach(capability -> capabilities.add(CapabilityJson.of(capability)));
    }

    private static void write(ObjectNode json, NotificationMessage notification) {
        ErrorCode error = notification.error();
        json.put("code", error.code())
                .put("subcode", error.subcode())
                .put("name", error.code() == 5 ? "fsm-error" : slug(error.codeName()))
                .put("subcode-name", slug(error.subcodeName()));
        if (notification.communication().isPresent()) {
            json.put("shutdown-communication", notification.communication().get());
        } else if (!notification.data().isEmpty()) {
            json.put("data-hex", notification.data().toString());
        }
    }

    private static String slug(String words) {
        return words.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private static void write(ObjectNode json, UpdateMessage update) {
        if (!update.withdrawn().isEmpty()) {
            json.set("withdrawn", prefixes(update.withdrawn()));
        }
        if (!update.attributes().isEmpty()) {
            json.set("attributes", AttributeJson.of(update.attributes()));
        }
        if (!update.announced().isEmpty()) {
            json.set("nlri", prefixes(update.announced()));
        }
        update.endOfRib()
                .filter(family -> family.ipFamily().isPresent())
                .ifPresent(family -> json.put("end-of-rib", Names.family(family)));
    }

    static ArrayNode prefixes(List<Nlri> prefixes) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Nlri nlri : prefixes) {
            if (nlri.hasPathId()) {
                array.addObject()
                        .put("path-id", nlri.pathId())
                        .put("prefix", nlri.prefix().toString());
            } else {
                array.add(nlri.prefix().toString());
            }
        }
        return array;
    }
}
