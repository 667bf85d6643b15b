package dev.twinstack.operator.controller;

import static java.util.stream.Collectors.joining;

import dev.twinstack.admission.ServiceAnnotations;
import dev.twinstack.admission.ServiceIngress;
import dev.twinstack.net.IpAddress;
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
import org.jspecify.annotations.Nullable;

/// Brings a Service in line with an outcome: its ingress, the annotations that are written back,
/// and a condition for what is wrong. Pure.
final class ServiceStatusEdit {

    /// Only there while it is False: a Service with all its addresses needs no words.
    static final String CONDITION = "twinstack.dev/AddressesAssigned";

    private ServiceStatusEdit() {}

    /// A changed copy with the same `resourceVersion`; empty if the Service says all of it already.
    static Optional<Service> edit(Service service, ServiceOutcome outcome, Instant now) {
        Service edited = new ServiceBuilder(service).build();
        if (edited.getStatus() == null) {
            edited.setStatus(new ServiceStatus());
        }
        boolean changed = editIngress(edited.getStatus(), outcome.addresses());
        changed |= editAnnotations(edited, outcome);
        changed |= editCondition(edited.getStatus(), outcome.problem(), now);
        return changed ? Optional.of(edited) : Optional.empty();
    }

    /// The words of our condition; empty if there is none.
    static String problemOf(Service service) {
        return condition(service.getStatus()).map(Condition::getMessage).orElse("");
    }

    /// Whether this Service carries what only we write.
    static boolean isMarked(Service service) {
        Map<String, String> annotations = service.getMetadata().getAnnotations();
        return (annotations != null
                        && (annotations.containsKey(ServiceAnnotations.ALLOCATED_FROM_POOL)
                                || annotations.containsKey(ServiceAnnotations.ADDRESSES)))
                || condition(service.getStatus()).isPresent();
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

    private static boolean editCondition(
            ServiceStatus status, Optional<Problem> problem, Instant now) {
        Optional<Condition> present = condition(status);
        if (saysTheSame(present, problem)) {
            return false;
        }
        List<Condition> conditions =
                new ArrayList<>(
                        status.getConditions() == null ? List.of() : status.getConditions());
        conditions.removeIf(condition -> CONDITION.equals(condition.getType()));
        problem.ifPresent(why ->
                conditions.add(
                        new ConditionBuilder()
                                .withType(CONDITION)
                                .withStatus("False")
                                .withReason(why.reason())
                                .withMessage(why.text())
                                .withLastTransitionTime(
                                        present.map(Condition::getLastTransitionTime)
                                                .orElse(now.toString()))
                                .build()));
        status.setConditions(conditions);
        return true;
    }

    private static boolean saysTheSame(Optional<Condition> present, Optional<Problem> problem) {
        return present.isEmpty()
                ? problem.isEmpty()
                : problem.isPresent()
                        && Objects.equals(present.get().getMessage(), problem.get().text())
                        && Objects.equals(present.get().getReason(), problem.get().reason());
    }

    private static Optional<Condition> condition(@Nullable ServiceStatus status) {
        if (status == null || status.getConditions() == null) {
            return Optional.empty();
        }
        return status.getConditions().stream()
                .filter(condition -> CONDITION.equals(condition.getType()))
                .findFirst();
    }
}
