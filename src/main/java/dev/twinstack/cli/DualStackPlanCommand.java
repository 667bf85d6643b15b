package dev.twinstack.cli;

import dev.twinstack.crd.DualStackSpec;
import dev.twinstack.dualstack.ClusterFindings;
import dev.twinstack.dualstack.ClusterObjects;
import dev.twinstack.dualstack.DualStackPlanner;
import dev.twinstack.dualstack.FindingsReader;
import dev.twinstack.dualstack.FindingsReader.NodeFiles;
import dev.twinstack.dualstack.Plan;
import dev.twinstack.dualstack.PlanJson;
import dev.twinstack.dualstack.PlanText;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `twinstack dualstack plan`: what has to be done, in order, and why; nothing is changed.
@Command(
        name = "plan",
        description = {
            "Shows what turns this MicroK8s cluster into a dual-stack one: every file and object"
                    + " that changes, why, in which order, and what restarts. Changes nothing.",
            "The files of nodes come from --node-files, else from what node-config reports, else from"
                    + " the node this runs on."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:a plan was shown, or nothing is to be done",
            "1:refused, or the cluster could not be read",
            "2:wrong use"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo microk8s config > kubeconfig",
            "  sudo twinstack dualstack plan --kubeconfig kubeconfig",
            "  twinstack dualstack plan --kubeconfig kubeconfig --node-files nodes",
            "  twinstack dualstack plan --undo --backup backup --node-files nodes",
            "",
            "--node-files and --backup hold a directory for each node, named as the node:",
            "  nodes/n1/args/...      a copy of /var/snap/microk8s/current/args",
            "  nodes/n1/facts.yaml    the output of `twinstack dualstack facts` on n1",
            "  backup/*.yaml          Calico's objects as they were"
        })
final class DualStackPlanCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--kubeconfig",
            defaultValue = "${env:KUBECONFIG}",
            description = "How to reach the cluster (KUBECONFIG)")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--objects",
            paramLabel = "DIR",
            description = "Read objects from YAML files in place of a cluster")
    private @Nullable Path objects;

    @Option(names = "--node-files", paramLabel = "DIR", description = "Files of nodes, see below")
    private @Nullable Path nodeFiles;

    @Option(
            names = "--node-name",
            defaultValue = "${env:NODE_NAME:-${env:HOSTNAME}}",
            description = "Without --node-files: the name of this node (NODE_NAME, HOSTNAME)")
    private @Nullable String nodeName;

    @Option(names = "--args", hidden = true, description = "The args directory of this node")
    private Path args = Path.of("/var/snap/microk8s/current/args");

    @Mixin private DualStackWish wish = new DualStackWish();

    @Option(names = "--undo", description = "Show the way back to single-stack")
    private boolean undo;

    @Option(names = "--backup", paramLabel = "DIR", description = "With --undo: how it was before")
    private @Nullable Path backup;

    @Option(names = "--force", description = "With --undo: give up Services that need IPv6, too")
    private boolean force;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (${DEFAULT-VALUE})")
    private Output output = Output.TEXT;

    enum Output {
        TEXT,
        JSON
    }

    @Override
    public Integer call() {
        if (undo != (backup != null)) {
            throw new WrongUseException("--undo and --backup go together");
        }
        if (force && !undo) {
            throw new WrongUseException("--force goes with --undo");
        }
        ClusterObjects found =
                objects == null
                        ? DualStackSources.cluster(kubeconfig)
                        : DualStackSources.objects(objects);
        ClusterFindings findings = FindingsReader.read(found, nodes());
        Plan plan =
                backup != null
                        ? DualStackPlanner.undo(findings, DualStackSources.backup(backup), force)
                        : DualStackPlanner.plan(
                                findings,
                                wish.over(DualStackSpec.DEFAULT, DualStackSpec.Mode.PLAN, false));
        print(plan);
        return plan instanceof Plan.Refused ? 1 : 0;
    }

    private void print(Plan plan) {
        String text =
                switch (output) {
                    case TEXT -> PlanText.of(plan);
                    case JSON -> PlanJson.of(plan).toPrettyString() + "\n";
                };
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }

    private Map<String, NodeFiles> nodes() {
        if (nodeFiles != null) {
            return DualStackSources.nodes(nodeFiles);
        }
        Map<String, NodeFiles> reported =
                objects == null ? DualStackSources.reported(kubeconfig) : Map.of();
        if (!reported.isEmpty()) {
            return reported;
        }
        return nodeName == null || nodeName.isEmpty()
                ? Map.of()
                : DualStackSources.thisNode(nodeName, args);
    }
}
