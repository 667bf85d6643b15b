package dev.twinstack.cli;

import dev.twinstack.crd.DualStackStatus;
import dev.twinstack.crd.DualStackStatus.NodeProgress;
import dev.twinstack.crd.DualStackStatus.PlannedStep;
import dev.twinstack.crd.DualStackStatus.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is worth a line of a roll-out's status, and how it ends. Pure.
final class DualStackProgress {

    private DualStackProgress() {}

    /// What is new, one line each.
    static List<String> news(@Nullable DualStackStatus before, DualStackStatus now) {
        List<String> lines = new ArrayList<>();
        if (before == null
                || !Objects.equals(before.phase(), now.phase())
                || !Objects.equals(before.message(), now.message())) {
            lines.add(headline(now));
        }
        for (NodeProgress node : now.nodes()) {
            if (before != null && !stage(before, node.name()).equals(node.phase())) {
                lines.add("  %s: %s%s".formatted(node.name(), node.phase(), tail(node.message())));
            }
        }
        return lines;
    }

    static String headline(DualStackStatus status) {
        return text(status.phase()) + tail(status.message());
    }

    /// The exit code, or nothing while it goes on.
    static Optional<Integer> end(DualStackStatus status) {
        return switch (text(status.phase())) {
            case "Done" -> Optional.of(0);
            case "Refused", "Stopped" -> Optional.of(1);
            default -> Optional.empty();
        };
    }

    /// What a person has to do: refusals, or the steps that the program leaves to people.
    static String toDo(DualStackStatus status) {
        StringBuilder text = new StringBuilder();
        for (Refused refusal : status.refusals()) {
            text.append("\n%s: %s\n".formatted(refusal.about(), refusal.reason()))
                    .append("    do:  %s\n".formatted(refusal.remedy()))
                    .append("    see: %s\n".formatted(refusal.command()));
        }
        if (text(status.phase()).equals("Done") && !status.plan().isEmpty()) {
            text.append("\nLeft to you (twinstack dualstack plan shows the commands):\n");
            for (PlannedStep step : status.plan()) {
                if (step.phase().equals("pods") || step.phase().equals("firewall")) {
                    String node = step.node();
                    text.append("  - ")
                            .append(node == null ? "" : node + ": ")
                            .append("%s, because %s\n".formatted(step.target(), step.why()));
                }
            }
        }
        return text.toString();
    }

    static String table(DualStackStatus status) {
        TextTable table = new TextTable("NODE", "STAGE", "SINCE", "MESSAGE");
        status.nodes()
                .forEach(node ->
                        table.row(
                                node.name(),
                                node.phase(),
                                text(node.since()),
                                text(node.message())));
        return table.toString();
    }

    private static String stage(DualStackStatus status, String node) {
        return status.nodes().stream()
                .filter(each -> each.name().equals(node))
                .map(NodeProgress::phase)
                .findFirst()
                .orElse("");
    }

    private static String tail(@Nullable String message) {
        return message == null || message.isEmpty() ? "" : ": " + message;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
