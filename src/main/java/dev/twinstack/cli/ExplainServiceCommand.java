package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `twinstack explain service`: why a Service has the addresses it has, or none.
@Command(
        name = "service",
        description = {
            "Tells why a Service has the addresses it has, or none: each pool in the order in which"
                    + " it is tried, whether it fits and why not, and what was decided when.",
            "Where no controller answers, it is computed from the cluster's objects, without the"
                    + " last decision."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  twinstack explain service shop/web",
            "  twinstack explain service shop/web -o json | jq -r .verdict"
        })
final class ExplainServiceCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ApiOptions options = new ApiOptions();
    @Mixin private ClassOption lbClass = new ClassOption();

    @Parameters(paramLabel = "NAMESPACE/NAME", description = "The Service")
    private String service = "";

    @Override
    public Integer call() {
        String[] parts = service.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new WrongUseException("name the Service as NAMESPACE/NAME, not " + service);
        }
        try (AddressSource source =
                new AddressSource(options, lbClass, spec.commandLine().getErr())) {
            JsonNode explanation = source.answers().explain(parts[0], parts[1]);
            spec.commandLine()
                    .getOut()
                    .print(
                            options.output()
                                    .of(explanation, wide -> ExplanationText.of(explanation)));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
