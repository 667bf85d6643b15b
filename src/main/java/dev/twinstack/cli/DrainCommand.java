package dev.twinstack.cli;

import dev.twinstack.crd.BGPSessionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `twinstack drain`: takes a node out of the routers' ways, and puts it back.
@Command(
        name = "drain",
        description = {
            "Takes the traffic of all Services away from a node, and puts it back with --undo.",
            "The node's speaker marks its routes (GRACEFUL_SHUTDOWN, RFC 8326), withdraws them after"
                    + " the drain time of the PeerPolicy (10s without one) and closes its sessions."
                    + " It stays so, also over restarts, until it is undone. Pods are not touched."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  twinstack drain node-1 --reason 'new kernel'",
            "  twinstack drain node-1 --undo",
            "  kubectl annotate node node-1 twinstack.dev/drain='new kernel'   # the same"
        })
final class DrainCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterOptions options = new ClusterOptions();

    @Parameters(paramLabel = "NODE", description = "The node's name")
    private String node = "";

    @Option(names = "--undo", description = "Lets the node have its traffic back")
    private boolean undo;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "maintenance",
            description = "Told to the routers and shown in sessions (${DEFAULT-VALUE})")
    private String reason = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "2m",
            description = "How long to wait for the sessions; 0s does not wait (${DEFAULT-VALUE})")
    private Duration timeout = Duration.ZERO;

    @Override
    public Integer call() {
        if (reason.isBlank()) {
            throw new WrongUseException("--reason must not be empty");
        }
        try (NodeDrain drain = NodeDrain.of(options, node)) {
            drain.ask(undo ? null : reason.strip());
            if (!timeout.isZero()) {
                await(drain);
            }
        }
        return 0;
    }

    private void await(NodeDrain drain) {
        List<BGPSessionStatus> left = drain.await(undo, timeout, this::print);
        if (!left.isEmpty()) {
            throw new FailedException(
                    "%s is not %s after %d s: %s. Is a speaker running on the node? It goes on all the same"
                            .formatted(
                                    node,
                                    undo ? "back" : "drained",
                                    timeout.toSeconds(),
                                    String.join(
                                            "; ", left.stream().map(DrainCommand::line).toList())));
        }
        print(node + (undo ? " has its traffic back" : " is drained"));
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    /// `node-1 to tor: Established, draining`.
    static String line(BGPSessionStatus session) {
        return "%s to %s: %s%s"
                .formatted(
                        session.node(), session.peer(), session.state(), suffix(session.drain()));
    }

    private static String suffix(@Nullable String drain) {
        return drain == null ? "" : ", " + drain.toLowerCase(Locale.ROOT);
    }
}
