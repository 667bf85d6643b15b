package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.net.IpPrefix;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `twinstack explain route`: which peers have a route, which have not, and why.
@Command(
        name = "route",
        description = {
            "Tells which peers have a prefix from which node, which have not, and why: the session,"
                    + " its address families and next hops, the advertisements' peers and nodes,"
                    + " endpoints, traffic policy, aggregation.",
            "Where no controller answers, it is computed from the cluster's objects, by what the"
                    + " speakers wrote about their sessions."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  twinstack explain route 192.0.2.7",
            "  twinstack explain route 2001:db8::/64 -o wide",
            "  twinstack explain route 192.0.2.7/32 -o json | jq '.peers[] | select(.sent | not)'"
        })
final class ExplainRouteCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ApiOptions options = new ApiOptions();
    @Mixin private ClassOption lbClass = new ClassOption();

    @Parameters(paramLabel = "PREFIX", description = "A prefix, or the address of a Service")
    private String prefix = "";

    @Override
    public Integer call() {
        String wanted;
        try {
            wanted = IpPrefix.parseOrHost(prefix).toString();
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(String.valueOf(e.getMessage()));
        }
        try (AddressSource source =
                new AddressSource(options, lbClass, spec.commandLine().getErr())) {
            JsonNode answer = source.answers().explainRoute(wanted);
            spec.commandLine()
                    .getOut()
                    .print(options.output().of(answer, wide -> text(answer, wide)));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    /// @param wide also nodes that have no session with a peer, one line each
    static String text(JsonNode answer, boolean wide) {
        StringBuilder text = new StringBuilder();
        text.append(answer.path("prefix").asText())
                .append(": ")
                .append(answer.path("verdict").asText())
                .append('\n');
        if (!answer.path("services").isEmpty()) {
            text.append("  for  ").append(Counts.joined(answer.path("services"))).append('\n');
        }
        TextTable table =
                wide
                        ? new TextTable(
                                "NODE", "PEER", "HAS IT", "AS", "LOCALPREF", "COMMUNITIES", "WHY")
                        : new TextTable("NODE", "PEER", "HAS IT", "WHY");
        Map<String, StringJoiner> apart = new TreeMap<>();
        int rows = 0;
        for (JsonNode peer : answer.path("peers")) {
            if (wide || peer.path("selected").asBoolean()) {
                row(table, peer, wide);
                rows++;
            } else {
                apart.computeIfAbsent(peer.path("peer").asText(), _ -> new StringJoiner(", "))
                        .add(peer.path("node").asText());
            }
        }
        if (rows > 0) {
            text.append('\n').append(table);
        }
        if (!apart.isEmpty()) {
            text.append('\n');
        }
        apart.forEach((peer, nodes) ->
                text.append("BGPPeer %s does not select %s%n".formatted(peer, nodes)));
        return text.toString();
    }

    private static void row(TextTable table, JsonNode peer, boolean wide) {
        String has = peer.path("sent").asBoolean() ? "yes" : "no";
        String as = peer.path("as").asText();
        String why = peer.path("why").asText();
        String node = peer.path("node").asText();
        String name = peer.path("peer").asText();
        if (wide) {
            table.row(
                    node,
                    name,
                    has,
                    as,
                    peer.path("localPref").asText(),
                    Counts.joined(peer.path("communities")),
                    why);
        } else {
            String part = as.isEmpty() ? "" : "as part of " + as;
            table.row(
                    node,
                    name,
                    has,
                    part.isEmpty() || why.isEmpty() ? part + why : part + ": " + why);
        }
    }
}
