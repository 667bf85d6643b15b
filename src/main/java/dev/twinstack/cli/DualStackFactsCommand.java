package dev.twinstack.cli;

import dev.twinstack.dualstack.FactsText;
import dev.twinstack.dualstack.HostFacts;
import dev.twinstack.dualstack.NodeFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `twinstack dualstack facts`: what a host says of its IPv6, as a file for `plan`.
@Command(
        name = "facts",
        description = {
            "Prints what this host says of its IPv6: addresses, default route, kernel, firewall.",
            "Keep it beside a copy of the node's args directory, for plan --node-files."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  sudo twinstack dualstack facts > nodes/$(hostname)/facts.yaml"})
final class DualStackFactsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--root", hidden = true, description = "The root of the host's files")
    private Path root = Path.of("/");

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(FactsText.of(facts(root)));
        spec.commandLine().getOut().flush();
        return 0;
    }

    static NodeFacts facts(Path root) {
        try {
            return new HostFacts(root).read();
        } catch (IOException e) {
            throw new FailedException("cannot read %s; try it as root".formatted(e.getMessage()));
        }
    }
}
