package dev.twinstack.cli;

import dev.twinstack.addon.ArgumentReader;
import dev.twinstack.addon.EnableArguments;
import dev.twinstack.addon.EnablePlan;
import dev.twinstack.addon.EnablePlanner;
import dev.twinstack.addon.Refusal;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `twinstack addon enable`: judges what was typed behind `microk8s enable twinstack`.
@Command(
        name = "enable",
        description = {
            "Judges the arguments of microk8s enable twinstack beside what the cluster has, and"
                    + " prints the calls of kubectl that follow from them, as JSON. Changes nothing.",
            "Standard input: the cluster's objects, as kubectl get -o json prints them."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  twinstack addon enable --image REF -- --pool 192.0.2.0/24 < objects.json",
        })
final class AddonEnableCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--image",
            paramLabel = "REF",
            required = true,
            description = "The program's image for the cluster")
    private String image = "";

    @Option(
            names = "--service-range",
            paramLabel = "CIDR",
            description = "A range of Services that no object of the cluster tells")
    private List<String> serviceRanges = List.of();

    @Parameters(paramLabel = "ARGUMENT", description = "As MicroK8s hands them on, behind --")
    private List<String> words = List.of();

    @Override
    public Integer call() {
        return switch (ArgumentReader.read(words)) {
            case ArgumentReader.Reading.Refused(List<Refusal> refusals) -> refused(refusals, 2);
            case ArgumentReader.Reading.Understood(EnableArguments arguments) -> plan(arguments);
        };
    }

    private int plan(EnableArguments arguments) {
        return switch (EnablePlanner.plan(arguments, AddonInput.read(), serviceRanges, image)) {
            case EnablePlan.Refused(List<Refusal> refusals) -> refused(refusals, 1);
            case EnablePlan.Steps(var steps, var undo, var notes) -> {
                AddonInput.print(spec, steps, undo, notes);
                yield 0;
            }
        };
    }

    private int refused(List<Refusal> refusals, int code) {
        PrintWriter err = spec.commandLine().getErr();
        refusals.forEach(err::println);
        err.println("Nothing was applied.");
        err.flush();
        return code;
    }
}
