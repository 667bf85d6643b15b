package dev.twinstack.dualstack;

import dev.twinstack.crd.DualStackNodeSpec;
import dev.twinstack.crd.DualStackNodeSpec.Goal;
import dev.twinstack.crd.DualStackNodeSpec.Part;
import dev.twinstack.crd.DualStackNodeStatus.Stage;
import dev.twinstack.dualstack.args.ArgsFile;
import dev.twinstack.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What node-config does next on its node: a pure function of the order, what is there and the
/// time. One change at a time; one that does not come into force is taken back, and the node stays
/// so until the next attempt.
///
/// ```
/// Observed --BackUp--> BackedUp --write--> Written --.applied--> Restarting --answers--> InForce
///                                             |                       | deadline
///                                             v deadline              v
///                                           Failed <--deadline-- Restoring --answers--> RolledBack
/// ```
public final class NodeConversion {

    private NodeConversion() {}

    /// How long is waited. @param applied for MicroK8s' agent to take a file
    ///
    /// @param restart for kubelite to be back with new flags
    public record Limits(Duration applied, Duration restart) {}

    /// Where our launch configuration is.
    public enum DropIn {
        NONE,
        WAITING,
        APPLIED
    }

    /// What is seen on the node.
    ///
    /// @param args the files below `args/`
    /// @param backup as they were before the first change
    /// @param before as they were before the last change
    /// @param extraSans the names the certificate has beyond MicroK8s' own
    /// @param health asked for only while the node is to come back, else null
    public record Seen(
            Map<String, String> args,
            Map<String, String> backup,
            Map<String, String> before,
            @Nullable NodeFacts facts,
            List<String> extraSans,
            DropIn dropIn,
            @Nullable NodeHealth health) {}

    /// What is done, and what to remember before it is done.
    public record Turn(NodeState next, List<NodeAction> actions) {}

    private static final Map<String, List<String>> FLAGS =
            Map.of(
                    "kube-apiserver", List.of("--service-cluster-ip-range"),
                    "kube-controller-manager",
                            List.of("--service-cluster-ip-range", "--cluster-cidr"),
                    "kube-proxy", List.of("--cluster-cidr"),
                    "kubelet", List.of("--node-ip"));

    /// Whether the node's components have to be asked.
    public static boolean needsHealth(NodeState state) {
        return state.stage() == Stage.RESTARTING || state.stage() == Stage.RESTORING;
    }

    /// @param generation of the order
    public static Turn next(
            String node,
            DualStackNodeSpec order,
            long generation,
            NodeState state,
            Seen seen,
            Limits limits,
            Instant now) {
        return switch (state.stage()) {
            case WRITTEN -> written(state, seen, limits, now);
            case RESTARTING -> restarting(node, order, state, seen, limits, now);
            case RESTORING -> restoring(order, state, seen, limits, now);
            case OBSERVED, BACKED_UP, IN_FORCE, ROLLED_BACK, FAILED ->
                    idle(node, order, generation, state, seen, now);
        };
    }

    private static Turn idle(
            String node,
            DualStackNodeSpec order,
            long generation,
            NodeState state,
            Seen seen,
            Instant now) {
        if (state.stage().isFailure() && state.attempt() >= order.attempt()) {
            return new Turn(seen(state, generation), List.of());
        }
        NodeState looked =
                state.stage().isFailure()
                        ? state.at(Stage.OBSERVED, now, "")
                        : seen(state, generation);
        Set<Part> parts = Set.copyOf(order.parts());
        if (parts.contains(Part.BACK_UP) && seen.backup().isEmpty()) {
            return new Turn(
                    of(order, generation, Part.BACK_UP, Stage.BACKED_UP, "", now),
                    List.of(new NodeAction.BackUp(seen.args())));
        }
        NodeEdits edits = new NodeEdits(node, order, seen.args(), seen.backup(), seen.facts());
        Optional<Ranges> ranges = NodeEdits.ranges(order);
        if (ranges.isPresent() && !seen.backup().isEmpty()) {
            for (Part part : List.of(Part.MANIFEST, Part.ARGUMENTS)) {
                Optional<String> text =
                        !parts.contains(part)
                                ? Optional.empty()
                                : part == Part.MANIFEST
                                        ? edits.manifest(ranges.get(), seen.extraSans())
                                        : edits.arguments(ranges.get(), seen.extraSans());
                if (text.isPresent()) {
                    return write(order, generation, part, text.get(), seen, now);
                }
            }
        }
        boolean done =
                parts.contains(Part.ARGUMENTS)
                        && (looked.stage() == Stage.BACKED_UP || looked.stage() == Stage.OBSERVED);
        return new Turn(done ? looked.at(Stage.IN_FORCE, now, "") : looked, List.of());
    }

    private static Turn write(
            DualStackNodeSpec order,
            long generation,
            Part part,
            String text,
            Seen seen,
            Instant now) {
        String file =
                "%s-twinstack-%d.yaml".formatted(part == Part.MANIFEST ? "40" : "50", generation);
        return new Turn(
                of(order, generation, part, Stage.WRITTEN, file, now),
                List.of(new NodeAction.Write(file, text, seen.args())));
    }

    /// MicroK8s' agent looks every few seconds. What it can't take it tries again for ever, so the
    /// file is taken back.
    private static Turn written(NodeState state, Seen seen, Limits limits, Instant now) {
        return switch (seen.dropIn()) {
            case APPLIED -> new Turn(state.at(applied(state, seen), now, ""), List.of());
            case NONE -> new Turn(state.at(Stage.BACKED_UP, now, ""), List.of());
            case WAITING -> {
                if (isBefore(now, state.since(), limits.applied())) {
                    yield new Turn(state, List.of());
                }
                String why =
                        "MicroK8s' agent has not taken the launch configuration in %s; see: snap logs"
                                        .formatted(words(limits.applied()))
                                + " microk8s.daemon-cluster-agent";
                yield new Turn(
                        state.at(Stage.FAILED, now, why),
                        List.of(new NodeAction.TakeBack(state.file())));
            }
        };
    }

    /// Only flags restart kubelite.
    private static Stage applied(NodeState state, Seen seen) {
        if (state.part() == Part.MANIFEST) {
            return Stage.BACKED_UP;
        }
        return sameFlags(seen.args(), seen.before()) ? Stage.IN_FORCE : Stage.RESTARTING;
    }

    private static Turn restarting(
            String node,
            DualStackNodeSpec order,
            NodeState state,
            Seen seen,
            Limits limits,
            Instant now) {
        Optional<String> lack = lacks(order, state, seen, goal(order) == Goal.DUAL_STACK);
        if (lack.isEmpty()) {
            return new Turn(state.at(Stage.IN_FORCE, now, ""), List.of());
        }
        if (isBefore(now, state.since(), limits.restart())) {
            return new Turn(
                    state.message().equals(lack.get())
                            ? state
                            : new NodeState(
                                    state.stage(),
                                    state.attempt(),
                                    state.part(),
                                    state.since(),
                                    state.written(),
                                    state.file(),
                                    lack.get(),
                                    state.generation()),
                    List.of());
        }
        return restore(node, state, seen, limits, lack.get(), now);
    }

    /// Back to how it was before this change, which need not be how it was before all.
    private static Turn restore(
            String node, NodeState state, Seen seen, Limits limits, String lack, Instant now) {
        String file = state.file().replace(".yaml", "-back.yaml");
        String why = "not back after %s: %s".formatted(words(limits.restart()), lack);
        NodeState next =
                new NodeState(
                        Stage.RESTORING,
                        state.attempt(),
                        state.part(),
                        now,
                        now,
                        file,
                        why,
                        state.generation());
        return new Turn(
                next,
                LaunchConfiguration.back(node, seen.args(), seen.before(), seen.extraSans())
                        .<List<NodeAction>>map(
                                text -> List.of(new NodeAction.Write(file, text, seen.before())))
                        .orElse(List.of()));
    }

    private static Turn restoring(
            DualStackNodeSpec order, NodeState state, Seen seen, Limits limits, Instant now) {
        boolean dual = hasIpv6(seen.before());
        boolean back =
                seen.dropIn() != DropIn.WAITING
                        && sameFlags(seen.args(), seen.before())
                        && lacks(order, state, seen, dual).isEmpty();
        if (back) {
            return new Turn(
                    state.at(
                            Stage.ROLLED_BACK,
                            now,
                            state.message() + "; its arguments are restored, and it is back"),
                    List.of());
        }
        if (isBefore(now, state.since(), limits.applied().plus(limits.restart()))) {
            return new Turn(state, List.of());
        }
        return new Turn(
                state.at(
                        Stage.FAILED,
                        now,
                        state.message()
                                + "; restored from the backup it is not back either, see: journalctl"
                                + " -u snap.microk8s.daemon-kubelite"),
                seen.dropIn() == DropIn.WAITING
                        ? List.of(new NodeAction.TakeBack(state.file()))
                        : List.of());
    }

    private static Optional<String> lacks(
            DualStackNodeSpec order, NodeState state, Seen seen, boolean dual) {
        NodeHealth health = seen.health();
        Optional<Ranges> ranges = NodeEdits.ranges(order);
        if (health == null || ranges.isEmpty()) {
            return Optional.of("nobody has asked yet");
        }
        return health.lacks(
                ranges.get().podsIpv4().toString(),
                ranges.get().podsIpv6().toString(),
                dual,
                state.written());
    }

    private static boolean hasIpv6(Map<String, String> args) {
        return new ArgsFile(args.getOrDefault("kube-proxy", ""))
                .value("--cluster-cidr")
                .filter(value -> value.contains(":"))
                .isPresent();
    }

    private static boolean sameFlags(Map<String, String> one, Map<String, String> other) {
        return FLAGS.entrySet().stream()
                .allMatch(file ->
                        file.getValue().stream()
                                .allMatch(flag ->
                                        value(one, file.getKey(), flag)
                                                .equals(value(other, file.getKey(), flag))));
    }

    private static Optional<String> value(Map<String, String> args, String file, String flag) {
        return new ArgsFile(args.getOrDefault(file, "")).value(flag);
    }

    /// The addresses of an order, refused as a whole where one is none.
    public static boolean isReadable(DualStackNodeSpec order) {
        try {
            NodeEdits.ranges(order);
            order.addresses().forEach(IpAddress::parse);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Goal goal(DualStackNodeSpec order) {
        Goal goal = order.goal();
        return goal == null ? Goal.DUAL_STACK : goal;
    }

    private static boolean isBefore(Instant now, Instant since, Duration limit) {
        return now.isBefore(since.plus(limit));
    }

    private static NodeState seen(NodeState state, long generation) {
        return new NodeState(
                state.stage(),
                state.attempt(),
                state.part(),
                state.since(),
                state.written(),
                state.file(),
                state.message(),
                generation);
    }

    private static NodeState of(
            DualStackNodeSpec order,
            long generation,
            Part part,
            Stage stage,
            String file,
            Instant now) {
        return new NodeState(stage, order.attempt(), part, now, now, file, "", generation);
    }

    private static String words(Duration limit) {
        return limit.toSeconds() % 60 == 0 && limit.toSeconds() > 0
                ? limit.toMinutes() + " minutes"
                : limit.toSeconds() + " seconds";
    }
}
