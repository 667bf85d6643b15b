package dev.twinstack.cli;

import dev.twinstack.install.ClusterAccess;
import dev.twinstack.install.Step;
import dev.twinstack.migration.MigrationPlan;
import dev.twinstack.migration.MigrationPlanner;
import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `twinstack migrate`: from MetalLB to this program in place, and back.
@Command(
        name = "migrate",
        description = {
            "Takes over from a MetalLB in the same cluster: its pools, peers and Services stay as"
                    + " they are, no address changes. Shows how, and does it with --apply.",
            "MetalLB is stopped, not deleted; --back starts it again."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  twinstack migrate --kubeconfig admin.conf",
            "  twinstack migrate --kubeconfig admin.conf --apply",
            "  twinstack migrate --back --kubeconfig admin.conf --apply",
            "",
            "On MicroK8s: microk8s enable twinstack --migrate, microk8s disable twinstack --back"
        })
final class MigrateCommand implements Callable<Integer> {

    private static final int RETRIES = 5;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            defaultValue = "${env:KUBECONFIG}",
            description = "How to reach the cluster, with its administrator's rights (KUBECONFIG)")
    private @Nullable Path kubeconfig;

    @Option(names = "--back", description = "From this program back to MetalLB")
    private boolean back;

    @Option(names = "--apply", description = "Do it; without, nothing is changed")
    private boolean apply;

    @Option(
            names = "--image",
            paramLabel = "REF",
            defaultValue = "",
            description = "The program's image, in place of the one in the manifests")
    private String image = "";

    @Override
    public Integer call() {
        if (kubeconfig == null || kubeconfig.toString().isEmpty()) {
            throw new WrongUseException("which cluster? name --kubeconfig");
        }
        KubeconfigCheck.check(kubeconfig);
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        // The API server has callers wait while it takes up a changed definition.
        config.setRequestRetryBackoffLimit(RETRIES);
        try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
            return migrate(new ClusterAccess(client));
        } catch (KubernetesClientException e) {
            throw new FailedException(Reasons.of(e).lines().findFirst().orElse(""));
        }
    }

    private int migrate(ClusterAccess cluster) {
        MigrationPlan plan =
                back
                        ? MigrationPlanner.back(cluster.read())
                        : MigrationPlanner.there(cluster.read(), image);
        PrintWriter out = spec.commandLine().getOut();
        switch (plan) {
            case MigrationPlan.Nothing(String why) -> out.println(why);
            case MigrationPlan.Refused(List<String> reasons) -> {
                out.println("Refused. Nothing was touched.");
                reasons.forEach(reason -> out.println("  " + reason));
            }
            case MigrationPlan.Steps steps when apply -> carryOut(cluster, steps, out);
            case MigrationPlan.Steps(var steps, _, var notes) -> {
                out.println("Nothing is changed without --apply. The steps:");
                for (int i = 0; i < steps.size(); i++) {
                    out.println("%3d. %s".formatted(i + 1, line(steps.get(i))));
                }
                notes.forEach(note -> out.println("Note: " + note));
            }
        }
        out.flush();
        return plan instanceof MigrationPlan.Refused ? 1 : 0;
    }

    private static String line(Step step) {
        return switch (step) {
            case Step.Patch patch -> "%s (%s)".formatted(patch.what(), patch.target());
            case Step.Apply apply ->
                    "%s (%d objects)".formatted(apply.what(), apply.objects().size());
            case Step.Delete delete -> "%s (%s)".formatted(delete.what(), delete.targets());
            case Step.AwaitKinds _, Step.AwaitRollout _, Step.AwaitNoPods _ -> step.what();
        };
    }

    private static void carryOut(ClusterAccess cluster, MigrationPlan.Steps plan, PrintWriter out) {
        for (Step step : plan.steps()) {
            out.println(step.what() + " ...");
            out.flush();
            try {
                cluster.run(step);
            } catch (KubernetesClientException | CompletionException e) {
                plan.undo().forEach(cluster::run);
                throw new FailedException(
                        "%s failed: %s. %s"
                                .formatted(
                                        step.what(),
                                        Reasons.of(e).lines().findFirst().orElse(""),
                                        plan.undo().isEmpty()
                                                ? "Run the command again to go on"
                                                : "All was put back as it was"));
            }
        }
        plan.notes().forEach(note -> out.println("Note: " + note));
        out.println("Done.");
    }
}
