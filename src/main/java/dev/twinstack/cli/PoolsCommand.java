package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `twinstack pools`: how full each pool is.
@Command(
        name = "pools",
        description = {
            "Shows the address pools: what is free and what there is, of each family.",
            "An address that several Services share counts once.",
            "Where no controller answers, it is computed from the cluster's objects."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  twinstack pools",
            "  twinstack pools -o wide",
            "  twinstack pools --url http://127.0.0.1:7472 -o json"
        })
final class PoolsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ApiOptions options = new ApiOptions();
    @Mixin private ClassOption lbClass = new ClassOption();

    @Override
    public Integer call() {
        try (AddressSource source =
                new AddressSource(options, lbClass, spec.commandLine().getErr())) {
            JsonNode pools = source.answers().pools();
            spec.commandLine()
                    .getOut()
                    .print(options.output().of(pools, wide -> table(pools, wide)));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    static String table(JsonNode pools, boolean wide) {
        if (pools.isEmpty()) {
            return "No pools.\n";
        }
        TextTable table =
                wide
                        ? new TextTable(
                                "POOL",
                                "AUTO",
                                "FAMILY",
                                "FREE",
                                "ASSIGNED",
                                "RESERVED",
                                "TOTAL",
                                "ADDRESSES")
                        : new TextTable("POOL", "AUTO", "IPV4 FREE", "IPV6 FREE", "ADDRESSES");
        for (JsonNode pool : pools) {
            if (wide) {
                family(table, pool, "IPv4", pool.path("ipv4"));
                family(table, pool, "IPv6", pool.path("ipv6"));
            } else {
                table.row(
                        pool.path("name").asText(),
                        auto(pool),
                        Counts.free(pool.path("ipv4")),
                        Counts.free(pool.path("ipv6")),
                        Counts.joined(pool.path("addresses")));
            }
        }
        return table.toString();
    }

    private static void family(TextTable table, JsonNode pool, String family, JsonNode counts) {
        if (counts.path("total").asLong() > 0) {
            table.row(
                    pool.path("name").asText(),
                    auto(pool),
                    family,
                    Counts.number(Counts.unused(counts)),
                    counts.path("assigned").asText(),
                    counts.path("reserved").asText(),
                    Counts.number(counts.path("total").asLong()),
                    Counts.joined(pool.path("addresses")));
        }
    }

    private static String auto(JsonNode pool) {
        return pool.path("autoAssign").asBoolean() ? "yes" : "no";
    }
}
