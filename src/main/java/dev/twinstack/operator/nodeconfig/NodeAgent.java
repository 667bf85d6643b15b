package dev.twinstack.operator.nodeconfig;

import dev.twinstack.crd.DualStackNode;
import dev.twinstack.crd.DualStackNodeSpec;
import dev.twinstack.crd.DualStackNodeStatus;
import dev.twinstack.crd.DualStackNodeStatus.Stage;
import dev.twinstack.dualstack.FactsText;
import dev.twinstack.dualstack.HostFacts;
import dev.twinstack.dualstack.NodeAction;
import dev.twinstack.dualstack.NodeConversion;
import dev.twinstack.dualstack.NodeConversion.Seen;
import dev.twinstack.dualstack.NodeConversion.Turn;
import dev.twinstack.dualstack.NodeDirectory;
import dev.twinstack.dualstack.NodeFacts;
import dev.twinstack.dualstack.NodeHealth;
import dev.twinstack.dualstack.NodeState;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// node-config's work on one node: asks for its order, looks, does the next thing, reports. It goes
/// on with the order it has while the API server is away. For one thread.
final class NodeAgent {

    private static final Logger log = LoggerFactory.getLogger(NodeAgent.class);

    private final String node;
    private final NodeOrderStore store;
    private final NodeDirectory directory;
    private final HostFacts host;
    private final NodeProbe probe;
    private final NodeConversion.Limits limits;
    private final InstantSource clock;
    private NodeState state;
    private @Nullable DualStackNode object;
    private @Nullable DualStackNodeStatus reported;

    NodeAgent(
            String node,
            NodeOrderStore store,
            NodeDirectory directory,
            HostFacts host,
            NodeProbe probe,
            NodeConversion.Limits limits,
            InstantSource clock)
            throws IOException {
        this.node = node;
        this.store = store;
        this.directory = directory;
        this.host = host;
        this.probe = probe;
        this.limits = limits;
        this.clock = clock;
        this.state = directory.load(clock.instant());
        this.object = directory.loadOrder().orElse(null);
    }

    /// One look, and at most one change.
    ///
    /// @throws IOException if the node's files can't be read or written
    void once() throws IOException, InterruptedException {
        Optional<DualStackNode> newest = store.find();
        if (newest.isPresent() && !sameGeneration(newest.get(), object)) {
            object = newest.get();
            directory.saveOrder(newest.get());
        }
        DualStackNode current = object;
        DualStackNodeSpec order =
                current == null || current.getSpec() == null
                        ? DualStackNodeSpec.LOOK
                        : current.getSpec();
        if (!NodeConversion.isReadable(order)) {
            log.atWarn().addKeyValue("node", node).log("The order can't be read; left alone");
            order = DualStackNodeSpec.LOOK;
        }
        NodeFacts facts = host.read();
        Map<String, String> args = directory.args();
        Turn turn =
                NodeConversion.next(
                        node,
                        order,
                        generation(current),
                        state,
                        seen(order, args, facts),
                        limits,
                        clock.instant());
        carryOut(turn);
        if (current != null) {
            report(facts);
        }
    }

    private Seen seen(DualStackNodeSpec order, Map<String, String> args, NodeFacts facts)
            throws IOException, InterruptedException {
        NodeHealth health =
                NodeConversion.needsHealth(state) ? probe.ask(args, order.controlPlane()) : null;
        return new Seen(
                args,
                directory.backup(),
                directory.before(),
                facts,
                directory.extraSans(),
                directory.dropIn(state.file()),
                health);
    }

    /// Remembered first: whoever is killed in between finds no file and begins again.
    private void carryOut(Turn turn) throws IOException {
        if (!turn.next().equals(state)) {
            directory.save(turn.next());
            tell(state.stage(), turn.next());
            state = turn.next();
        }
        for (NodeAction action : turn.actions()) {
            directory.carryOut(action);
        }
    }

    private void tell(Stage before, NodeState next) {
        if (before != next.stage()) {
            log.atLevel(next.stage().isFailure() ? Level.WARN : Level.INFO)
                    .addKeyValue("node", node)
                    .addKeyValue("stage", next.stage())
                    .addKeyValue("message", next.message())
                    .log("Stage of the node changed");
        }
    }

    private void report(NodeFacts facts) throws IOException {
        DualStackNodeStatus status =
                new DualStackNodeStatus(
                        state.generation(),
                        state.stage(),
                        state.since().toString(),
                        state.message(),
                        state.attempt(),
                        directory.args(),
                        FactsText.of(facts),
                        NodeDirectory.backups(),
                        directory.backup());
        if (!status.equals(reported) && store.report(status)) {
            reported = status;
        }
    }

    private static long generation(@Nullable DualStackNode object) {
        Long generation = object == null ? null : object.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }

    /// A deleted object that was made again counts from one: its report has to be written again.
    private boolean sameGeneration(DualStackNode newest, @Nullable DualStackNode known) {
        if (known == null || !newest.getMetadata().getUid().equals(known.getMetadata().getUid())) {
            reported = null;
            return false;
        }
        return generation(newest) == generation(known);
    }
}
