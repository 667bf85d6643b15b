package dev.twinstack.cli;

import dev.twinstack.crd.DualStackStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `twinstack dualstack status`: how far it is.
@Command(
        name = "status",
        description =
                "Shows how far the way to dual-stack is, node by node, and what is left to you.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, planned or under way",
            "1:refused, stopped, or there is none",
            "2:wrong use"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  twinstack dualstack status", "  twinstack dualstack status -o json"})
final class DualStackStatusCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DualStackOptions options = new DualStackOptions();

    @Override
    public Integer call() {
        try (DualStackConnection cluster = options.connect()) {
            DualStackStatus status = cluster.wishOrFail().getStatus();
            if (status == null) {
                throw new FailedException(
                        "no controller has looked at the DualStack object yet; is one leading?"
                                + " kubectl get lease -n metallb-system twinstack-controller");
            }
            PrintWriter out = spec.commandLine().getOut();
            if (!options.json()) {
                out.println(DualStackProgress.headline(status));
                out.print(DualStackProgress.table(status));
            }
            new DualStackFollow(cluster, out, options.json()).print(status);
            return DualStackProgress.end(status).orElse(0);
        }
    }
}
