package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// The explanation of a Service for people.
final class ExplanationText {

    private ExplanationText() {}

    static String of(JsonNode its) {
        StringBuilder text = new StringBuilder();
        text.append(its.path("namespace").asText())
                .append('/')
                .append(its.path("name").asText())
                .append(": ")
                .append(its.path("verdict").asText())
                .append('\n');
        line(text, "asks for", asks(its.path("asks")));
        line(text, "holds", has(its.path("holds")));
        line(text, "reserved", has(its.path("reserved")));
        line(text, "decided", last(its.path("last")));
        if (!its.path("pools").isEmpty()) {
            text.append('\n').append(pools(its.path("pools")));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append("  %-9s %s%n".formatted(name, value));
        }
    }

    private static String asks(JsonNode asks) {
        if (asks.isMissingNode() || asks.isNull()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        parts.add(
                Counts.joined(asks.path("families")).replace(",", " and ")
                        + " ("
                        + asks.path("policy").asText()
                        + ")");
        part(parts, "pool", asks.path("pool").asText());
        part(parts, "address", Counts.joined(asks.path("addresses")));
        part(parts, "sharing key", asks.path("sharingKey").asText());
        part(parts, "claim", asks.path("claim").asText());
        return String.join(", ", parts);
    }

    private static void part(List<String> parts, String name, String value) {
        if (!value.isEmpty()) {
            parts.add(name + " " + value);
        }
    }

    private static String has(JsonNode holding) {
        return holding.path("addresses").isEmpty()
                ? ""
                : Counts.joined(holding.path("addresses"))
                        + " from pool "
                        + holding.path("pool").asText();
    }

    private static String last(JsonNode last) {
        return last.has("text")
                ? "%s: %s (looked at %s)"
                        .formatted(
                                last.path("since").asText(),
                                last.path("text").asText(),
                                last.path("looked").asText())
                : "";
    }

    private static String pools(JsonNode pools) {
        TextTable table = new TextTable("TRIED", "POOL", "FITS", "IPV4 FREE", "IPV6 FREE", "WHY");
        for (JsonNode pool : pools) {
            int order = pool.path("order").asInt();
            String gives = Counts.joined(pool.path("addresses"));
            String why = pool.path("why").asText();
            table.row(
                    order == 0 ? "" : Integer.toString(order),
                    pool.path("pool").asText(),
                    pool.path("fits").asBoolean() ? (why.isEmpty() ? "yes" : "in part") : "no",
                    Counts.free(pool.path("ipv4")),
                    Counts.free(pool.path("ipv6")),
                    gives.isEmpty() ? why : why.isEmpty() ? gives : gives + "; " + why);
        }
        return table.toString();
    }
}
