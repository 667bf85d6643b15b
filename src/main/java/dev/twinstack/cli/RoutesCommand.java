package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `twinstack routes`: what a speaker announces, or what a router has heard.
@Command(
        name = "routes",
        description = {
            "Shows routes.",
            "A speaker shows what it announces to which peer, for which Services, and why something"
                    + " is not sent; a router shows the table it has heard from its peers. Where"
                    + " none answers, the routes of all nodes are computed from the cluster's objects."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  twinstack routes",
            "  twinstack routes --peer tor --family ipv6",
            "  twinstack routes --server http://127.0.0.1:7480 -o wide   # every attribute"
        })
final class RoutesCommand implements Callable<Integer> {

    private static final List<String> HEARD =
            List.of("PREFIX", "NEXT HOP", "PEER", "AS PATH", "LOCALPREF", "COMMUNITIES", "BEST");

    private static final Set<String> IN_COLUMNS =
            Set.of(
                    "AS_PATH",
                    "NEXT_HOP",
                    "MP_REACH_NLRI",
                    "LOCAL_PREF",
                    "COMMUNITIES",
                    "LARGE_COMMUNITIES");

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ApiOptions options = new ApiOptions();
    @Mixin private ClassOption lbClass = new ClassOption();

    @Option(names = "--peer", description = "Only routes to (or from) this peer")
    private @Nullable String peer;

    @Option(names = "--family", description = "Only this family: ipv4 or ipv6")
    private @Nullable Family family;

    enum Family {
        IPV4,
        IPV6
    }

    @Override
    public Integer call() {
        try (AddressSource source =
                new AddressSource(options, lbClass, spec.commandLine().getErr())) {
            JsonNode routes = routes(source);
            spec.commandLine()
                    .getOut()
                    .print(options.output().of(routes, wide -> table(routes, wide)));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    private JsonNode routes(AddressSource source) {
        if (options.url().isPresent()) {
            return asked(new ApiClient(options.url().get()));
        }
        try {
            return asked(new ApiClient(AddressSource.LOCAL));
        } catch (FailedException e) {
            return selected(
                    source.ofCluster("no process answers here (%s)".formatted(e.getMessage()))
                            .routes());
        }
    }

    private JsonNode asked(ApiClient client) {
        return client.find("/api/v1/routes" + query())
                .or(() -> client.find("/api/routes" + query()))
                .orElseThrow(() -> new FailedException(client.server() + " has no routes"));
    }

    private JsonNode selected(JsonNode all) {
        ArrayNode selected = JsonNodeFactory.instance.arrayNode();
        for (JsonNode route : all) {
            if ((peer == null || peer.equals(route.path("peer").asText()))
                    && (family == null
                            || family.name().equalsIgnoreCase(route.path("family").asText()))) {
                selected.add(route);
            }
        }
        return selected;
    }

    private String query() {
        StringJoiner query = new StringJoiner("&", "?", "");
        query.setEmptyValue("");
        if (peer != null) {
            query.add("peer=" + URLEncoder.encode(peer, StandardCharsets.UTF_8));
        }
        if (family != null) {
            query.add("family=" + family);
        }
        return query.toString();
    }

    static String table(JsonNode routes, boolean wide) {
        if (routes.isEmpty()) {
            return "No routes.\n";
        }
        return routes.get(0).has("nextHops") ? heard(routes, wide) : announced(routes);
    }

    private static String announced(JsonNode routes) {
        TextTable table =
                new TextTable("NODE", "PEER", "PREFIX", "SENT", "LOCALPREF", "COMMUNITIES", "FOR");
        for (JsonNode route : routes) {
            table.row(
                    route.path("node").asText(),
                    route.path("peer").asText(),
                    route.path("prefix").asText(),
                    route.path("sent").asBoolean()
                            ? "yes"
                            : "no: " + route.path("because").asText(),
                    route.path("localPref").asText(),
                    joined(route.path("communities"), ","),
                    joined(route.path("services"), ","));
        }
        return table.toString();
    }

    /// @param wide with every attribute that has no column of its own
    private static String heard(JsonNode routes, boolean wide) {
        List<String> headings = new ArrayList<>(HEARD);
        if (wide) {
            headings.add("ATTRIBUTES");
        }
        TextTable table = new TextTable(headings.toArray(String[]::new));
        for (JsonNode route : routes) {
            List<String> cells =
                    new ArrayList<>(
                            List.of(
                                    route.path("prefix").asText(),
                                    joined(route.path("nextHops"), ","),
                                    route.path("peer").asText(),
                                    route.path("asPath").asText(),
                                    route.path("localPref").asText(),
                                    joined(route.path("communities"), ","),
                                    route.path("best").asBoolean() ? "yes" : "no"));
            if (wide) {
                cells.add(attributes(route.path("attributes")));
            }
            table.row(cells.toArray(String[]::new));
        }
        return table.toString();
    }

    private static String attributes(JsonNode attributes) {
        StringJoiner joined = new StringJoiner("; ");
        for (JsonNode attribute : attributes) {
            if (!IN_COLUMNS.contains(attribute.path("name").asText())) {
                joined.add(
                        (attribute.path("name").asText() + " " + attribute.path("value").asText())
                                .strip());
            }
        }
        return joined.toString();
    }

    private static String joined(JsonNode texts, String separator) {
        StringJoiner joined = new StringJoiner(separator);
        texts.forEach(text -> joined.add(text.asText()));
        return joined.toString();
    }
}
