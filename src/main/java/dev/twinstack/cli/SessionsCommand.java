package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
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
            "  twinstack sessions -o wide",
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
                    .print(
                            options.output()
                                    .of(sessions, wide -> text(sessions, Instant.now(), wide)));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    /// @param wide also the timers and capabilities of each session
    static String text(JsonNode sessions, Instant now, boolean wide) {
        StringBuilder text = new StringBuilder(table(sessions, now));
        if (wide) {
            sessions.forEach(session -> text.append(SessionDetails.of(session)));
        }
        return text.toString();
    }

    static String table(JsonNode sessions, Instant now) {
        if (sessions.isEmpty()) {
            return "No sessions.\n";
        }
        TextTable table =
                new TextTable(
                        "NODE", "PEER", "ADDRESS", "ASN", "STATE", "FOR", "FAMILIES", "PREFIXES");
        StringBuilder remarks = new StringBuilder();
        for (JsonNode session : sessions) {
            table.row(
                    session.path("node").asText(),
                    session.path("peer").asText(),
                    address(session),
                    session.path("peerASN").asText(),
                    state(session),
                    age(session.path("since").asText(), now),
                    Counts.joined(session.path("families")),
                    session.path("prefixes").asText());
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

    /// What a person should know beyond the table.
    private static String remarks(JsonNode session) {
        String who = session.path("node").asText() + " to " + session.path("peer").asText() + ": ";
        StringBuilder remarks = new StringBuilder();
        for (JsonNode problem : session.path("problems")) {
            remarks.append(who).append(problem.asText()).append('\n');
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
