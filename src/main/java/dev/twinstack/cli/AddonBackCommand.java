package dev.twinstack.cli;

import dev.twinstack.migration.MigrationPlan;
import dev.twinstack.migration.MigrationPlanner;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `twinstack addon back`: `twinstack migrate --back` for the addon's scripts.
@Command(
        name = "back",
        description = {
            "Prints the calls of kubectl that lead back to the MetalLB that enable --migrate has"
                    + " stopped, as JSON. Changes nothing.",
            "Standard input: the cluster's objects, as kubectl get -o json prints them."
        },
        mixinStandardHelpOptions = true)
final class AddonBackCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return switch (MigrationPlanner.back(AddonInput.read())) {
            case MigrationPlan.Steps(var steps, var undo, var notes) -> {
                AddonInput.print(spec, steps, undo, notes);
                yield 0;
            }
            case MigrationPlan.Nothing(String why) -> throw new FailedException(why);
            case MigrationPlan.Refused(List<String> reasons) ->
                    throw new FailedException(String.join("\n", reasons));
        };
    }
}
