package dev.twinstack.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.install.FoundObjects;
import dev.twinstack.install.KubectlSteps;
import dev.twinstack.install.Step;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// What goes between the addon's scripts and the program: objects in, calls of kubectl out.
final class AddonInput {

    private AddonInput() {}

    /// The objects on standard input.
    static FoundObjects read() {
        try {
            return FoundObjects.read(System.in);
        } catch (IOException e) {
            throw new WrongUseException("standard input is not what kubectl get -o json prints");
        }
    }

    static void print(CommandSpec command, List<Step> steps, List<Step> undo, List<String> notes) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("steps", KubectlSteps.of(steps));
        answer.set("undo", KubectlSteps.of(undo));
        notes.forEach(answer.putArray("notes")::add);
        command.commandLine().getOut().println(answer);
        command.commandLine().getOut().flush();
    }
}
