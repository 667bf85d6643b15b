package dev.twinstack.operator.controller;

import static java.util.stream.Collectors.joining;

import dev.twinstack.admission.MovingText;
import dev.twinstack.admission.ServiceAnnotations;
import dev.twinstack.admission.ServiceIngress;
import dev.twinstack.net.IpAddress;
import dev.twinstack.operator.controller.ServiceOutcome.Journey;
import dev.twinstack.operator.controller.ServiceOutcome.Problem;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.LoadBalancerStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Brings a Service in line with an outcome: its ingress, the annotations that are written back,
/// and conditions for what is wrong and for a move. Pure.
final class ServiceStatusEdit {

    /// Only there while it is False: a Service with all its addresses needs no words.
    static final String CONDITION = "twinstack.dev/AddressesAssigned";

    /// Only there for a Service of a draining pool: True while it has old and new addresses, False
    /// when it can't go.
    static final String MOVING = "twinstack.dev/Moving";

    private ServiceStatusEdit() {}

    /// A changed copy with the same `resourceVersion`; empty if the Service says all of it already.
    static Optional<Service> edit(Service service, ServiceOutcome outcome, Instant now) {
        Service edited = new ServiceBuilder(service).build();
        if (edited.getStatus() == null) {
            edited.setStatus(new ServiceStatus());
        }
        boolean changed = editIngress(edited.getStatus(), outcome.addresses());
        changed |= editAnnotations(edited, outcome);
        changed |= editConditions(edited.getStatus(), outcome, now);
        return changed ? Optional.of(edited) : Optional.empty();
    }

    /// The words of our conditions.
    static List<String> saidOf(Service service) {
        return Stream.of(CONDITION, MOVING)
                .flatMap(type -> condition(service.getStatus(), type).stream())
                .map(Condition::getMessage)
                .filter(said -> said != null && !said.isEmpty())
                .toList();
    }

    /// Whether this Service carries what only we write.
    static boolean isMarked(Service service) {
        Map<String, String> annotations = service.getMetadata().getAnnotations();
        return (annotations != null
                        && ServiceAnnotations.written().stream().anyMatch(annotations::containsKey))
                || condition(service.getStatus(), CONDITION).isPresent()
                || condition(service.getStatus(), MOVING).isPresent();
    }

    private static boolean editIngress(ServiceStatus status, List<IpAddress> addresses) {
        List<LoadBalancerIngress> present = ServiceIngress.entries(status);
        List<String> wanted = addresses.stream().map(IpAddress::toString).toList();
        if (present.stream().map(LoadBalancerIngress::getIp).toList().equals(wanted)) {
            return false;
        }
        List<LoadBalancerIngress> ingress =
                wanted.stream()
                        .map(ip -> new LoadBalancerIngressBuilder().withIp(ip).build())
                        .toList();
        status.setLoadBalancer(new LoadBalancerStatus(ingress));
        return true;
    }

    private static boolean editAnnotations(Service service, ServiceOutcome outcome) {
        Map<String, String> present = service.getMetadata().getAnnotations();
        Map<String, String> edited =
                present == null ? new LinkedHashMap<>() : new LinkedHashMap<>(present);
        String addresses =
                outcome.addresses().stream().map(IpAddress::toString).collect(joining(","));
        set(edited, ServiceAnnotations.ALLOCATED_FROM_POOL, outcome.pool().orElse(null));
        set(edited, ServiceAnnotations.ADDRESSES, addresses.isEmpty() ? null : addresses);
        switch (outcome.journey()) {
            case Journey.AsItWas _ -> {
                // The annotation stays, too.
            }
            case Journey.Begun begun ->
                    set(edited, ServiceAnnotations.MOVING, MovingText.of(begun.move()));
            case Journey.None _, Journey.Ahead _, Journey.Blocked _ ->
                    set(edited, ServiceAnnotations.MOVING, null);
        }
        if (edited.equals(present == null ? Map.of() : present)) {
            return false;
        }
        service.getMetadata().setAnnotations(edited);
        return true;
    }

    private static void set(Map<String, String> annotations, String key, @Nullable String value) {
        if (value == null) {
            annotations.remove(key);
        } else {
            annotations.put(key, value);
        }
    }

    private static boolean editConditions(
            ServiceStatus status, ServiceOutcome outcome, Instant now) {
        boolean problem =
                editCondition(
                        status,
                        CONDITION,
                        outcome.problem().map(why -> condition(CONDITION, "False", why)),
                        now);
        boolean journey = editCondition(status, MOVING, journey(status, outcome.journey()), now);
        return problem || journey;
    }

    private static Optional<Condition> journey(ServiceStatus status, Journey journey) {
        Optional<Condition> present = condition(status, MOVING);
        return switch (journey) {
            case Journey.None _ -> Optional.empty();
            case Journey.AsItWas _ -> present;
            case Journey.Ahead _ -> present.filter(said -> "False".equals(said.getStatus()));
            case Journey.Begun(var move) ->
                    Optional.of(condition(MOVING, "True", new Problem("Overlap", move.text())));
            case Journey.Blocked(var move) ->
                    Optional.of(
                            condition(
                                    MOVING,
                                    "False",
                                    new Problem(
                                            move.why().getClass().getSimpleName(), move.text())));
        };
    }

    private static Condition condition(String type, String value, Problem why) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(value)
                .withReason(why.reason())
                .withMessage(why.text())
                .build();
    }

    private static boolean editCondition(
            ServiceStatus status, String type, Optional<Condition> wanted, Instant now) {
        Optional<Condition> present = condition(status, type);
        if (saysTheSame(present, wanted)) {
            return false;
        }
        List<Condition> conditions =
                new ArrayList<>(
                        status.getConditions() == null ? List.of() : status.getConditions());
        conditions.removeIf(condition -> type.equals(condition.getType()));
        wanted.ifPresent(condition -> {
            condition.setLastTransitionTime(
                    present.filter(old -> Objects.equals(old.getStatus(), condition.getStatus()))
                            .map(Condition::getLastTransitionTime)
                            .orElse(now.toString()));
            conditions.add(condition);
        });
        status.setConditions(conditions);
        return true;
    }

    private static boolean saysTheSame(Optional<Condition> present, Optional<Condition> wanted) {
        return present.isEmpty()
                ? wanted.isEmpty()
                : wanted.isPresent()
                        && Objects.equals(present.get().getStatus(), wanted.get().getStatus())
                        && Objects.equals(present.get().getMessage(), wanted.get().getMessage())
                        && Objects.equals(present.get().getReason(), wanted.get().getReason());
    }

    private static Optional<Condition> condition(@Nullable ServiceStatus status, String type) {
        if (status == null || status.getConditions() == null) {
            return Optional.empty();
        }
        return status.getConditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }
}
