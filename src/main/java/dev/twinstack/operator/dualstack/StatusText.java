package dev.twinstack.operator.dualstack;

import dev.twinstack.crd.Condition;
import dev.twinstack.crd.DualStack;
import dev.twinstack.crd.DualStackNode;
import dev.twinstack.crd.DualStackNodeStatus;
import dev.twinstack.crd.DualStackStatus;
import dev.twinstack.crd.DualStackStatus.NodeProgress;
import dev.twinstack.crd.DualStackStatus.PlannedStep;
import dev.twinstack.crd.DualStackStatus.RangesInForce;
import dev.twinstack.crd.DualStackStatus.Refused;
import dev.twinstack.dualstack.KeptObjects;
import dev.twinstack.dualstack.Plan;
import dev.twinstack.dualstack.PlanText;
import dev.twinstack.dualstack.Ranges;
import dev.twinstack.dualstack.Rollout;
import dev.twinstack.dualstack.RolloutPhase;
import dev.twinstack.dualstack.Step;
import dev.twinstack.operator.Conditions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The status of the DualStack object, and back what it says of the last turn. Pure.
final class StatusText {

    private static final DualStackStatus NONE =
            new DualStackStatus(
                    null, null, null, null, null, null, List.of(), List.of(), List.of(), List.of(),
                    List.of());

    private StatusText() {}

    /// How far the roll-out was, by the object.
    static Rollout.Progress progress(DualStack wish, Instant now) {
        DualStackStatus status = wish.getStatus() == null ? NONE : wish.getStatus();
        Long generation = status.observedGeneration();
        return new Rollout.Progress(
                RolloutPhase.parse(orEmpty(status.phase())),
                orEmpty(status.message()),
                instant(status.since(), now),
                generation == null ? 0 : generation);
    }

    static DualStackStatus of(
            DualStack wish, Rollout.Turn turn, List<DualStackNode> nodes, Instant now) {
        DualStackStatus before = wish.getStatus() == null ? NONE : wish.getStatus();
        Rollout.Progress progress = turn.progress();
        Plan plan = turn.plan();
        return new DualStackStatus(
                progress.attempt(),
                progress.phase().toString(),
                progress.message(),
                progress.since().toString(),
                KeptObjects.NAME,
                plan instanceof Plan.Steps steps ? ranges(steps.ranges()) : before.ranges(),
                plan == null ? before.refusals() : refusals(plan),
                plan == null ? before.plan() : steps(plan),
                plan == null ? before.notes() : notes(plan),
                nodes.stream().map(StatusText::node).toList(),
                Conditions.since(before.conditions(), conditions(progress, plan, before), now));
    }

    /// The rights come with kubernetes/node-config, which may not be installed.
    static DualStackStatus forbidden(DualStack wish, String reason, Instant now) {
        DualStackStatus before = wish.getStatus() == null ? NONE : wish.getStatus();
        Long generation = wish.getMetadata().getGeneration();
        String message =
                "the controller lacks rights (%s); install them: kubectl apply --server-side -k kubernetes/node-config"
                        .formatted(reason);
        boolean same = message.equals(before.message());
        return new DualStackStatus(
                before.observedGeneration(),
                before.phase() == null ? RolloutPhase.LOOKING.toString() : before.phase(),
                message,
                same ? before.since() : now.toString(),
                before.backup(),
                before.ranges(),
                before.refusals(),
                before.plan(),
                before.notes(),
                before.nodes(),
                Conditions.since(
                        before.conditions(),
                        List.of(Conditions.no("Planned", "Forbidden", message, generation)),
                        now));
    }

    private static List<Condition> conditions(
            Rollout.Progress progress, @Nullable Plan plan, DualStackStatus before) {
        List<Condition> conditions = new ArrayList<>();
        Long generation = progress.attempt();
        String reason = progress.phase().toString();
        if (plan == null) {
            before.conditions().stream()
                    .filter(condition -> condition.type().equals("Planned"))
                    .forEach(conditions::add);
        } else {
            conditions.add(
                    plan instanceof Plan.Refused
                            ? Conditions.no("Planned", "Refused", progress.message(), generation)
                            : Conditions.yes("Planned", "Planned", "", generation));
        }
        conditions.add(
                progress.phase() == RolloutPhase.DONE
                        ? Conditions.yes("Applied", reason, progress.message(), generation)
                        : Conditions.no("Applied", reason, progress.message(), generation));
        return conditions;
    }

    private static NodeProgress node(DualStackNode node) {
        DualStackNodeStatus status = node.getStatus();
        String name = node.getMetadata().getName();
        return status == null || status.stage() == null
                ? new NodeProgress(name, "Waiting", null, null, null)
                : new NodeProgress(
                        name,
                        StageText.of(status.stage()),
                        orNull(status.message()),
                        status.backupFiles().isEmpty() ? null : status.backup(),
                        status.since());
    }

    private static RangesInForce ranges(Ranges ranges) {
        return new RangesInForce(
                ranges.podsIpv4().toString(),
                ranges.podsIpv6().toString(),
                ranges.servicesIpv4().toString(),
                ranges.servicesIpv6().toString());
    }

    private static List<Refused> refusals(Plan plan) {
        return switch (plan) {
            case Plan.Refused refused ->
                    refused.refusals().stream()
                            .map(each ->
                                    new Refused(
                                            each.about(),
                                            each.reason(),
                                            each.remedy(),
                                            each.command()))
                            .toList();
            case Plan.Steps _ -> List.of();
        };
    }

    private static List<PlannedStep> steps(Plan plan) {
        List<PlannedStep> steps = new ArrayList<>();
        if (plan instanceof Plan.Steps found) {
            for (Step step : found.steps()) {
                steps.add(
                        new PlannedStep(
                                steps.size() + 1,
                                step.phase().toString(),
                                PlanText.target(step),
                                orNull(PlanText.node(step)),
                                step.why(),
                                orNull(PlanText.diff(step)),
                                PlanText.restarts(step) == Step.Restart.NONE
                                        ? null
                                        : PlanText.restarts(step).toString()));
            }
        }
        return steps;
    }

    private static List<String> notes(Plan plan) {
        return plan instanceof Plan.Steps steps ? steps.notes() : List.of();
    }

    private static Instant instant(@Nullable String text, Instant otherwise) {
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
