package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `twinstack addresses`: who has which address.
@Command(
        name = "addresses",
        description = {
            "Shows who has which address of the pools, and what keeps the others back.",
            "States: assigned (a Service holds it), reserved (just promised at admission), claimed"
                    + " (an AddressClaim holds it), kept (for a Service that was deleted), excluded"
                    + " (by an AddressPolicy).",
            "Where no controller answers, it is computed from the cluster's objects, which do not"
                    + " know what is reserved and since when."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  twinstack addresses",
            "  twinstack addresses --pool lan --state kept",
            "  twinstack addresses -o wide",
            "  twinstack addresses -o json | jq '.[] | select(.holder == \"shop/web\")'"
        })
final class AddressesCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ApiOptions options = new ApiOptions();
    @Mixin private ClassOption lbClass = new ClassOption();

    @Option(names = "--pool", paramLabel = "NAME", description = "Only addresses of this pool")
    private @Nullable String pool;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only these: assigned, reserved, claimed, kept or excluded")
    private @Nullable State state;

    enum State {
        ASSIGNED,
        RESERVED,
        CLAIMED,
        KEPT,
        EXCLUDED
    }

    @Override
    public Integer call() {
        try (AddressSource source =
                new AddressSource(options, lbClass, spec.commandLine().getErr())) {
            JsonNode addresses = selected(source.answers().addresses());
            spec.commandLine()
                    .getOut()
                    .print(options.output().of(addresses, wide -> table(addresses, wide)));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    private JsonNode selected(JsonNode all) {
        ArrayNode selected = JsonNodeFactory.instance.arrayNode();
        String wanted = state == null ? null : state.name().toLowerCase(Locale.ROOT);
        for (JsonNode address : all) {
            if ((pool == null || pool.equals(address.path("pool").asText()))
                    && (wanted == null || wanted.equals(address.path("state").asText()))) {
                selected.add(address);
            }
        }
        return selected;
    }

    static String table(JsonNode addresses, boolean wide) {
        if (addresses.isEmpty()) {
            return "No addresses in use.\n";
        }
        TextTable table =
                wide
                        ? new TextTable("ADDRESS", "POOL", "STATE", "HOLDER", "SINCE", "UNTIL")
                        : new TextTable("ADDRESS", "POOL", "STATE", "HOLDER");
        for (JsonNode address : addresses) {
            String[] cells = {
                address.path("address").asText(),
                address.path("pool").asText(),
                address.path("state").asText(),
                address.path("holder").asText(),
                address.path("since").asText(""),
                address.path("until").asText("")
            };
            table.row(wide ? cells : Arrays.copyOf(cells, 4));
        }
        return table.toString();
    }
}
