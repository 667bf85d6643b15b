package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `twinstack sessions`: the BGP sessions of a speaker, or of all speakers when a controller is
/// asked.
@Command(
        name = "sessions",
        description = {
            "Shows the BGP sessions: their state, the address families both sides agreed on, and"
                    + " the routes of each family.",
            "A speaker knows its own; a controller those of all nodes; a router its peers. Where"
                    + " none answers, it is read from the BGPSession objects of the cluster."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  twinstack sessions",
            "  twinstack sessions --server http://192.0.2.11:7472",
            "  twinstack sessions -o json | jq '.[] | select(.state != \"Established\")'"
        })
final class SessionsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ApiOptions options = new ApiOptions();

    @Override
    public Integer call() {
        try (SessionSource source = new SessionSource(options, spec.commandLine().getErr())) {
            JsonNode sessions = source.sessions();
            spec.commandLine()
                    .getOut()
                    .print(options.output().of(sessions, wide -> table(sessions, Instant.now())));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    static String table(JsonNode sessions, Instant now) {
        if (sessions.isEmpty()) {
            return "No sessions.\n";
        }
        TextTable table =
                new TextTable(
                        "NODE", "PEER", "ADDRESS", "ASN", "STATE", "FOR", "FAMILIES", "ROUTES");
        StringBuilder remarks = new StringBuilder();
        for (JsonNode session : sessions) {
            table.row(
                    session.path("node").asText(),
                    session.path("peer").asText(),
                    address(session),
                    session.path("peerASN").asText(),
                    state(session),
                    age(session.path("since").asText(), now),
                    joined(session.path("families")),
                    routes(session.path("routes")));
            remarks.append(remarks(session));
        }
        return remarks.isEmpty() ? table.toString() : table + "\n" + remarks;
    }

    private static String address(JsonNode session) {
        String address = session.path("peerAddress").asText();
        String port = session.path("peerPort").asText();
        if (address.isEmpty() || port.isEmpty()) {
            return address;
        }
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }

    /// `Established`, or `Established,Draining`.
    private static String state(JsonNode session) {
        String drain = session.path("drain").asText();
        return session.path("state").asText() + (drain.isEmpty() ? "" : "," + drain);
    }

    private static String joined(JsonNode texts) {
        StringJoiner joined = new StringJoiner(",");
        texts.forEach(text -> joined.add(text.asText()));
        return joined.toString();
    }

    private static String routes(JsonNode families) {
        StringJoiner joined = new StringJoiner(" ");
        for (JsonNode family : families) {
            joined.add(family.path("family").asText() + ":" + family.path("announced").asInt());
        }
        return joined.toString();
    }

    /// What a person should know beyond the table: errors, a BFD session that is not up, and
    /// families that can't be sent.
    private static String remarks(JsonNode session) {
        String who = session.path("node").asText() + " to " + session.path("peer").asText() + ": ";
        StringBuilder remarks = new StringBuilder();
        String error = session.path("lastError").asText();
        if (!error.isEmpty() && !"Established".equals(session.path("state").asText())) {
            remarks.append(who).append(error).append('\n');
        }
        JsonNode bfd = session.path("bfd");
        if (!bfd.isMissingNode() && !"Up".equals(bfd.path("state").asText())) {
            remarks.append(who).append("BFD is ").append(bfd.path("state").asText());
            String why = bfd.path("lastDown").asText();
            remarks.append(why.isEmpty() ? "" : ": " + why).append('\n');
        }
        for (JsonNode family : session.path("routes")) {
            String because = family.path("withheldBecause").asText();
            if (family.path("withheld").asInt() > 0 && !because.isEmpty()) {
                remarks.append(who)
                        .append(family.path("withheld").asInt())
                        .append(' ')
                        .append(family.path("family").asText())
                        .append(" routes are not sent: ")
                        .append(because)
                        .append('\n');
            }
        }
        return remarks.toString();
    }

    private static String age(String since, Instant now) {
        if (since.isEmpty()) {
            return "";
        }
        Duration age = Duration.between(Instant.parse(since), now);
        if (age.isNegative()) {
            return "0s";
        }
        if (age.toDays() > 0) {
            return "%dd%dh".formatted(age.toDays(), age.toHoursPart());
        }
        if (age.toHours() > 0) {
            return "%dh%dm".formatted(age.toHours(), age.toMinutesPart());
        }
        return age.toMinutes() > 0
                ? "%dm%ds".formatted(age.toMinutes(), age.toSecondsPart())
                : age.toSeconds() + "s";
    }
}
