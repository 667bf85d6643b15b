package dev.twinstack.cli;

import dev.twinstack.crd.DualStack;
import dev.twinstack.crd.DualStackSpec;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `twinstack dualstack apply`: says Apply, and tells what happens until it is done.
@Command(
        name = "apply",
        description = {
            "Turns this MicroK8s cluster into a dual-stack one: sets the DualStack object to Apply and"
                    + " follows what the leading controller and node-config do.",
            "Nothing is touched where a preflight fails. After a stop: once more, to try again."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused, stopped, not done in time, or the cluster could not be reached",
            "2:wrong use"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  twinstack dualstack apply --kubeconfig kubeconfig",
            "  twinstack dualstack apply --pods-ipv6 fd01::/64 --services-ipv6 fd98::/108"
        })
final class DualStackApplyCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DualStackOptions options = new DualStackOptions();
    @Mixin private DualStackWish wish = new DualStackWish();

    @Option(
            names = "--timeout",
            defaultValue = "60m",
            description = "How long to follow; it goes on after that (${DEFAULT-VALUE})")
    private Duration timeout = Duration.ZERO;

    @Override
    public Integer call() {
        try (DualStackConnection cluster = options.connect()) {
            DualStackSpec before =
                    cluster.existing().map(DualStack::getSpec).orElse(DualStackSpec.DEFAULT);
            DualStack written = cluster.write(wish.over(before, DualStackSpec.Mode.APPLY, false));
            return new DualStackFollow(cluster, spec.commandLine().getOut(), options.json())
                    .follow(written, timeout);
        }
    }
}
