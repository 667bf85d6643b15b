package dev.twinstack.dualstack;

import static java.util.stream.Collectors.joining;

import dev.twinstack.crd.DualStackNodeSpec;
import dev.twinstack.crd.DualStackNodeSpec.Part;
import dev.twinstack.crd.DualStackNodeStatus.Stage;
import dev.twinstack.crd.DualStackSpec;
import dev.twinstack.dualstack.Step.Doer;
import dev.twinstack.dualstack.Step.FileEdit;
import dev.twinstack.dualstack.Step.ObjectEdit;
import dev.twinstack.dualstack.Step.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the leader does next: a pure function of what is wanted, what is found, what the nodes say
/// and the time. It keeps nothing: the plan is made anew each time, and what is left of it says how
/// far things are. So it goes on after a change of leaders, finds nodes that have joined since, and
/// completes what somebody has half undone.
///
/// In order: nodes report, preflight, backup, then the first thing left of the plan, until nothing
/// is. One node's flags at a time; the next only when the one before runs with them. The first
/// failure stops it until the wish is written anew.
public final class Rollout {

    /// For calico-node to be ready everywhere.
    static final Duration CALICO = Duration.ofMinutes(15);

    /// For node-config to take an order, and for a report to show what was done.
    static final Duration ANSWER = Duration.ofMinutes(5);

    /// For a node to be done with its flags; it gives up by itself much earlier.
    static final Duration NODE = Duration.ofMinutes(30);

    /// @param attempt the generation of the wish
    /// @param backup Calico's objects as they were, if they have been kept
    /// @param before what the last turn came to
    public record Situation(
            DualStackSpec wanted,
            long attempt,
            ClusterFindings findings,
            Optional<ClusterObjects> backup,
            Map<String, NodeReport> nodes,
            Progress before,
            Instant now) {

        NodeReport node(String name) {
            return nodes.getOrDefault(name, NodeReport.NONE);
        }
    }

    /// @param since when phase and message were new
    /// @param attempt the generation of the wish it belongs to
    public record Progress(RolloutPhase phase, String message, Instant since, long attempt) {}

    /// @param plan what is left to do; null while nodes have not reported or Calico is in motion
    public record Turn(Progress progress, @Nullable Plan plan, List<RolloutAction> actions) {}

    private final Situation given;
    private final boolean undoing;

    private Rollout(Situation given) {
        this.given = given;
        this.undoing = given.wanted().mode() == DualStackSpec.Mode.UNDO;
    }

    public static Turn next(Situation situation) {
        return new Rollout(situation).turn();
    }

    private Turn turn() {
        List<String> silent = names().filter(name -> !given.node(name).hasReported()).toList();
        if (!silent.isEmpty()) {
            return turn(
                    RolloutPhase.LOOKING,
                    "node-config has not reported from %s yet".formatted(String.join(", ", silent)),
                    null,
                    orders(Map.of(), null));
        }
        DualStackSpec.Mode mode = given.wanted().mode();
        if (mode == null || mode == DualStackSpec.Mode.PLAN) {
            return show();
        }
        return failure().or(this::inMotion).orElseGet(this::goOn);
    }

    private Turn show() {
        return switch (plan()) {
            case Plan.Refused refused -> refused(refused);
            case Plan.Steps steps ->
                    turn(
                            steps.isEmpty() ? RolloutPhase.DONE : RolloutPhase.PLANNED,
                            steps.isEmpty()
                                    ? "nothing to do"
                                    : "nothing is touched until the mode is Apply",
                            steps,
                            orders(Map.of(), null));
        };
    }

    private Optional<Turn> failure() {
        Optional<String> failed =
                names().filter(name -> given.node(name).hasFailed(given.attempt())).findFirst();
        if (failed.isPresent()) {
            return Optional.of(
                    turn(
                            RolloutPhase.STOPPED,
                            failed.get() + ": " + given.node(failed.get()).message(),
                            plan(),
                            List.of()));
        }
        Progress before = given.before();
        return before.phase() == RolloutPhase.STOPPED && before.attempt() == given.attempt()
                ? Optional.of(new Turn(before, plan(), List.of()))
                : Optional.empty();
    }

    /// What has been begun has to come to rest first.
    private Optional<Turn> inMotion() {
        for (String name : names().toList()) {
            NodeReport node = given.node(name);
            if (node.stage().isBusy()) {
                return Optional.of(await(RolloutPhase.NODES, name + ": " + words(node), NODE));
            }
            // What was ordered in an attempt before is no longer waited for.
            if (node.order().attempt() != given.attempt() || !node.mayChange()) {
                continue;
            }
            if (!node.observed()) {
                return Optional.of(
                        await(RolloutPhase.NODES, name + ": node-config has its order", ANSWER));
            }
            if (node.mayDo(Part.ARGUMENTS) && !node.servingLack().isEmpty()) {
                return Optional.of(
                        await(RolloutPhase.NODES, name + ": " + node.servingLack(), ANSWER));
            }
        }
        return given.backup().isEmpty()
                ? Optional.empty()
                : CalicoRoll.lacks(given.findings().objects())
                        .map(lack -> await(RolloutPhase.CALICO, lack, CALICO));
    }

    private Turn goOn() {
        return switch (plan()) {
            case Plan.Refused refused -> refused(refused);
            case Plan.Steps steps -> first(steps);
        };
    }

    private Turn first(Plan.Steps plan) {
        Optional<Step> first = plan.steps().stream().filter(Rollout::isOurs).findFirst();
        if (first.isEmpty()) {
            long left = plan.steps().stream().filter(Rollout::isPersons).count();
            return turn(
                    RolloutPhase.DONE,
                    left == 0 ? "" : "%d steps are left to you, see the plan".formatted(left),
                    plan,
                    orders(Map.of(), plan.ranges()));
        }
        if (!undoing && !isBackedUp()) {
            return backUp(plan);
        }
        return switch (first.get()) {
            case FileEdit edit when edit.phase() == Phase.CALICO -> manifests(plan);
            case FileEdit edit -> arguments(plan, edit.node());
            case ObjectEdit edit -> objects(plan, edit.phase());
            case Task _ ->
                    turn(
                            RolloutPhase.NODES,
                            "the API servers make ServiceCIDR kubernetes anew",
                            plan,
                            List.of(new RolloutAction.RenewServiceCidr()));
        };
    }

    private static boolean isOurs(Step step) {
        return switch (step) {
            case FileEdit _, ObjectEdit _ -> true;
            case Task task -> task.phase() == Phase.SERVICE_CIDR;
        };
    }

    private static boolean isPersons(Step step) {
        return step instanceof Task task && task.by() == Doer.PERSON;
    }

    private boolean isBackedUp() {
        return given.backup().isPresent()
                && names().allMatch(name -> given.node(name).isBackedUp());
    }

    private Turn backUp(Plan.Steps plan) {
        List<RolloutAction> actions = new ArrayList<>(orders(Map.of(), plan.ranges()));
        if (given.backup().isEmpty()) {
            actions.add(
                    new RolloutAction.KeepObjects(CalicoObjects.of(given.findings().objects())));
        }
        String missing =
                names().filter(name -> !given.node(name).isBackedUp()).collect(joining(", "));
        Turn waiting =
                await(
                        RolloutPhase.BACKING_UP,
                        missing.isEmpty()
                                ? "Calico's objects are kept"
                                : "the files of %s are copied".formatted(missing),
                        ANSWER);
        return new Turn(waiting.progress(), plan, actions);
    }

    private Turn manifests(Plan.Steps plan) {
        Set<String> nodes = new HashSet<>();
        plan.steps()
                .forEach(step -> {
                    if (step instanceof FileEdit edit && edit.phase() == Phase.CALICO) {
                        nodes.add(edit.node());
                    }
                });
        Map<String, Part> parts = new TreeMap<>();
        nodes.forEach(node -> parts.put(node, Part.MANIFEST));
        Turn waiting =
                await(
                        RolloutPhase.CALICO,
                        "cni.yaml changes on " + String.join(", ", parts.keySet()),
                        ANSWER);
        return new Turn(waiting.progress(), plan, orders(parts, plan.ranges()));
    }

    private Turn arguments(Plan.Steps plan, String node) {
        Turn waiting = await(RolloutPhase.NODES, node + ": its flags change", ANSWER);
        return new Turn(
                waiting.progress(), plan, orders(Map.of(node, Part.ARGUMENTS), plan.ranges()));
    }

    /// On the way back the pool stays as long as pods have addresses of it.
    private Turn objects(Plan.Steps plan, Phase phase) {
        boolean poolInUse =
                undoing
                        && phase == Phase.IP_POOL
                        && plan.steps().stream().anyMatch(step -> step.phase() == Phase.PODS);
        if (poolInUse) {
            return turn(
                    RolloutPhase.PODS,
                    "recreate the pods that still have an IPv6 address; then the pool goes",
                    plan,
                    orders(Map.of(), plan.ranges()));
        }
        List<RolloutAction> actions = new ArrayList<>();
        plan.steps()
                .forEach(step -> {
                    if (step instanceof ObjectEdit edit && edit.phase() == phase) {
                        actions.add(new RolloutAction.Change(edit));
                    }
                });
        boolean services = phase == Phase.SERVICES;
        Turn waiting =
                await(
                        services ? RolloutPhase.SERVICES : RolloutPhase.CALICO,
                        services ? "Services give up IPv6" : "Calico's objects change",
                        ANSWER);
        return waiting.progress().phase() == RolloutPhase.STOPPED
                ? waiting
                : new Turn(waiting.progress(), plan, actions);
    }

    /// An order for each node, the parts for those named. A node that has none may only be looked
    /// at and backed up: flags that somebody edits later are no reason to restart it out of turn.
    private List<RolloutAction> orders(Map<String, Part> parts, @Nullable Ranges ranges) {
        List<RolloutAction> orders = new ArrayList<>();
        for (NodeFindings node : given.findings().nodes()) {
            DualStackNodeSpec order =
                    NodeOrders.of(given, node, Optional.ofNullable(parts.get(node.name())), ranges);
            if (!order.equals(given.node(node.name()).order())
                    || !given.nodes().containsKey(node.name())) {
                orders.add(new RolloutAction.Order(node.name(), order));
            }
        }
        return orders;
    }

    private Plan plan() {
        return undoing
                ? NodeOrders.undo(given)
                : DualStackPlanner.plan(given.findings(), given.wanted());
    }

    private Turn refused(Plan.Refused refused) {
        Refusal first = refused.refusals().getFirst();
        int more = refused.refusals().size() - 1;
        return turn(
                RolloutPhase.REFUSED,
                "%s: %s%s"
                        .formatted(
                                first.about(),
                                first.reason(),
                                more == 0 ? "" : " (and %d more)".formatted(more)),
                refused,
                List.of());
    }

    /// Nothing to do but to wait; for so long at most.
    private Turn await(RolloutPhase phase, String what, Duration limit) {
        Turn waiting = turn(phase, what, null, List.of());
        Progress progress = waiting.progress();
        return given.now().isBefore(progress.since().plus(limit))
                ? waiting
                : turn(
                        RolloutPhase.STOPPED,
                        "%s; nothing has come of it in %d minutes"
                                .formatted(what, limit.toMinutes()),
                        null,
                        List.of());
    }

    private Turn turn(
            RolloutPhase phase, String message, @Nullable Plan plan, List<RolloutAction> actions) {
        Progress before = given.before();
        boolean same =
                before.phase() == phase
                        && before.message().equals(message)
                        && before.attempt() == given.attempt();
        return new Turn(
                new Progress(phase, message, same ? before.since() : given.now(), given.attempt()),
                plan,
                actions);
    }

    private Stream<String> names() {
        return given.findings().nodes().stream().map(NodeFindings::name);
    }

    private static String words(NodeReport node) {
        Stage stage = node.stage();
        String message = node.message();
        String what =
                switch (stage) {
                    case WRITTEN -> "MicroK8s' agent takes the launch configuration";
                    case RESTARTING -> "kubelite restarts";
                    case RESTORING -> "its files are restored";
                    case OBSERVED, BACKED_UP, IN_FORCE, ROLLED_BACK, FAILED -> "at rest";
                };
        return message.isEmpty() ? what : what + "; " + message;
    }
}
