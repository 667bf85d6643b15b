package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What was agreed on in one session: timers, families, capabilities.
final class SessionDetails {

    private SessionDetails() {}

    static String of(JsonNode session) {
        StringBuilder text = new StringBuilder();
        text.append(
                "\n%s to %s%n"
                        .formatted(session.path("node").asText(), session.path("peer").asText()));
        line(text, "AS", ends(session.path("localASN"), session.path("peerASN")));
        line(text, "address", ends(session.path("localAddress"), session.path("peerAddress")));
        line(text, "router ID", session.path("peerRouterID").asText());
        line(text, "timers", timers(session));
        line(text, "families", families(session));
        if (!session.path("capabilities").isEmpty()) {
            text.append(capabilities(session.path("capabilities")));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append("  %-10s %s%n".formatted(name, value));
        }
    }

    private static String ends(JsonNode local, JsonNode remote) {
        String here = local.asText();
        String there = remote.asText();
        return here.isEmpty() && there.isEmpty()
                ? ""
                : "%s here, %s there"
                        .formatted(
                                here.isEmpty() ? "unknown" : here,
                                there.isEmpty() ? "unknown" : there);
    }

    private static String timers(JsonNode session) {
        return session.has("holdTimeSeconds")
                ? "hold %s s, keepalive %s s"
                        .formatted(
                                session.path("holdTimeSeconds").asText(),
                                session.path("keepaliveSeconds").asText("?"))
                : "";
    }

    private static String families(JsonNode session) {
        List<String> parts = new ArrayList<>();
        part(parts, "offered", session.path("offeredFamilies"));
        part(parts, "answered", session.path("peerFamilies"));
        part(parts, "in force", session.path("families"));
        return String.join("; ", parts);
    }

    private static void part(List<String> parts, String name, JsonNode families) {
        parts.add(name + " " + (families.isEmpty() ? "none" : Counts.joined(families)));
    }

    private static String capabilities(JsonNode capabilities) {
        TextTable table =
                new TextTable("  CAPABILITY", "OFFERED", "ANSWERED", "IN FORCE", "THE PEER SAYS");
        for (JsonNode capability : capabilities) {
            table.row(
                    "  " + capability.path("name").asText(),
                    yes(capability.path("offered")),
                    yes(capability.path("answered")),
                    yes(capability.path("inForce")),
                    capability.path("detail").asText());
        }
        return table.toString();
    }

    private static String yes(JsonNode value) {
        return value.asBoolean() ? "yes" : "no";
    }
}
