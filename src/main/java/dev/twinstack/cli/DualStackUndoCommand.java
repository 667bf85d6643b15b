package dev.twinstack.cli;

import dev.twinstack.crd.DualStack;
import dev.twinstack.crd.DualStackSpec;
import dev.twinstack.dualstack.ClusterFindings;
import dev.twinstack.dualstack.ClusterObjects;
import dev.twinstack.dualstack.DualStackPlanner;
import dev.twinstack.dualstack.Plan;
import dev.twinstack.dualstack.PlanJson;
import dev.twinstack.dualstack.PlanText;
import dev.twinstack.dualstack.ReportedBackup;
import dev.twinstack.dualstack.ReportedNodes;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `twinstack dualstack undo`: back to how it was before `apply`.
@Command(
        name = "undo",
        description = {
            "Takes the cluster back to a single stack, by the backups that apply has made: Services"
                    + " first, then the flags of each node, Calico, and the pool last.",
            "Refused while a Service needs IPv6. Better: stay dual-stack, it costs nothing."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or the plan was shown",
            "1:refused, stopped, not done in time, or the cluster could not be reached",
            "2:wrong use"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  twinstack dualstack undo --plan",
            "  twinstack dualstack undo",
            "  twinstack dualstack undo --force   # Services that need IPv6 lose it, too"
        })
final class DualStackUndoCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DualStackOptions options = new DualStackOptions();

    @Option(names = "--plan", description = "Only show what would be done")
    private boolean planOnly;

    @Option(names = "--force", description = "Give up what needs IPv6, too")
    private boolean force;

    @Option(
            names = "--timeout",
            defaultValue = "60m",
            description = "How long to follow; it goes on after that (${DEFAULT-VALUE})")
    private Duration timeout = Duration.ZERO;

    @Override
    public Integer call() {
        try (DualStackConnection cluster = options.connect()) {
            if (planOnly) {
                return show(plan(cluster));
            }
            DualStackSpec before = cluster.wishOrFail().getSpec();
            DualStack written =
                    cluster.write(new DualStackWish().over(before, DualStackSpec.Mode.UNDO, force));
            return new DualStackFollow(cluster, spec.commandLine().getOut(), options.json())
                    .follow(written, timeout);
        }
    }

    private Plan plan(DualStackConnection cluster) {
        ClusterObjects kept =
                cluster.backup()
                        .orElseThrow(() ->
                                new FailedException(
                                        "there is no backup: this cluster was not converted by"
                                                + " twinstack dualstack apply; with your own: twinstack"
                                                + " dualstack plan --undo --backup DIR"));
        ClusterFindings findings = ReportedNodes.findings(cluster.objects(), cluster.nodes());
        return DualStackPlanner.undo(
                findings,
                ReportedBackup.of(findings, ReportedNodes.reports(cluster.nodes()), kept),
                force);
    }

    private int show(Plan plan) {
        spec.commandLine()
                .getOut()
                .print(
                        options.json()
                                ? PlanJson.of(plan).toPrettyString() + "\n"
                                : PlanText.of(plan));
        spec.commandLine().getOut().flush();
        return plan instanceof Plan.Refused ? 1 : 0;
    }
}
