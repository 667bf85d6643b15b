package dev.twinstack.operator;

import static java.util.stream.Collectors.joining;

import dev.twinstack.admission.ServiceError;
import dev.twinstack.allocation.Decision;
import dev.twinstack.allocation.DrainMove;
import dev.twinstack.allocation.Refusal;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.net.IpAddress;
import java.util.ArrayList;
import java.util.List;

/// One Event about a Service, with MetalLB's reasons and words, or about another object.
public record ServiceEvent(String reason, Type type, String text) {

    /// The Event types of Kubernetes.
    public enum Type {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// What a decision is to the Service's user. Called when something has changed, not per pass.
    public static List<ServiceEvent> of(Decision decision) {
        List<ServiceEvent> events = new ArrayList<>();
        decision.cleared().ifPresent(why -> events.add(cleared(decision.service(), why)));
        switch (decision) {
            case Decision.Assigned assigned -> {
                if (assigned.move().isPresent()) {
                    events.addAll(moving(assigned, assigned.move().get()));
                } else if (!assigned.added().isEmpty()) {
                    events.add(allocated(assigned));
                }
                assigned.missing().ifPresent(why -> events.add(additionalFailed(why)));
            }
            case Decision.Refused refused -> events.add(failed(refused));
        }
        return events;
    }

    public static ServiceEvent of(ServiceError error) {
        return new ServiceEvent(error.eventReason(), Type.WARNING, error.text());
    }

    public static ServiceEvent deprecated(String annotation) {
        return new ServiceEvent(
                "deprecatedAnnotation",
                Type.WARNING,
                "Service uses deprecated annotation " + annotation);
    }

    private static ServiceEvent allocated(Decision.Assigned assigned) {
        String text =
                assigned.isNew()
                        ? "Assigned IP [" + quoted(assigned.added()) + "]"
                        : "Assigned additional IP " + quoted(assigned.added());
        return new ServiceEvent("IPAllocated", Type.NORMAL, text);
    }

    private static List<ServiceEvent> moving(Decision.Assigned assigned, DrainMove move) {
        return switch (move) {
            case DrainMove.Waiting _ ->
                    assigned.added().isEmpty() ? List.of() : List.of(allocated(assigned));
            case DrainMove.Overlapping _ ->
                    List.of(new ServiceEvent("Moving", Type.NORMAL, move.text()));
            case DrainMove.Arrived _ ->
                    List.of(new ServiceEvent("Moved", Type.NORMAL, move.text()));
            case DrainMove.Stuck _ ->
                    List.of(new ServiceEvent("CannotMove", Type.WARNING, move.text()));
        };
    }

    private static ServiceEvent additionalFailed(Refusal why) {
        return new ServiceEvent(
                "AdditionalAssignFailed",
                Type.NORMAL,
                "cannot assign additional IP in PreferDualStack: " + why.text());
    }

    private static ServiceEvent cleared(ServiceKey service, Refusal why) {
        return new ServiceEvent(
                "ClearAssignment",
                Type.NORMAL,
                "current IP for \"%s\" not allowed by config, will attempt for new IP assignment: %s"
                        .formatted(service, why.text()));
    }

    private static ServiceEvent failed(Decision.Refused refused) {
        return new ServiceEvent(
                "AllocationFailed",
                Type.WARNING,
                "Failed to allocate IP for \"%s\": %s"
                        .formatted(refused.service(), refused.reason().text()));
    }

    private static String quoted(List<IpAddress> addresses) {
        return addresses.stream().map(address -> "\"" + address + "\"").collect(joining(" "));
    }
}
