package dev.twinstack.operator.controller;

import dev.twinstack.allocation.ClaimDecision;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.crd.AddressClaimStatus;
import dev.twinstack.crd.Condition;
import dev.twinstack.operator.ServiceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a change of a claim's status is to its user. Each thing is said once: what the status said
/// before is not news.
final class ClaimEvents {

    private static final String READY = "Ready";

    private ClaimEvents() {}

    static List<ServiceEvent> decided(
            AddressClaim before, AddressClaim after, ClaimDecision decision) {
        return switch (decision) {
            case ClaimDecision.Bound _ -> bound(before, after);
            case ClaimDecision.Refused refused ->
                    refused.waitsFor().isEmpty()
                            ? trouble(before, after, "Refused", ServiceEvent.Type.WARNING)
                            : trouble(before, after, "Waiting", ServiceEvent.Type.NORMAL);
        };
    }

    static List<ServiceEvent> wrong(AddressClaim before, AddressClaim after) {
        return trouble(before, after, "InvalidClaim", ServiceEvent.Type.WARNING);
    }

    static List<ServiceEvent> leaving(AddressClaim before, AddressClaim after) {
        return trouble(before, after, "InUse", ServiceEvent.Type.NORMAL);
    }

    private static List<ServiceEvent> bound(AddressClaim before, AddressClaim after) {
        List<String> addresses = addresses(after.getStatus());
        return addresses.isEmpty() || addresses.equals(addresses(before.getStatus()))
                ? List.of()
                : List.of(
                        new ServiceEvent(
                                "Bound",
                                ServiceEvent.Type.NORMAL,
                                "has %s from pool %s"
                                        .formatted(
                                                String.join(" and ", addresses),
                                                after.getStatus().pool())));
    }

    private static List<ServiceEvent> trouble(
            AddressClaim before, AddressClaim after, String reason, ServiceEvent.Type type) {
        List<ServiceEvent> events = new ArrayList<>();
        Optional<String> said = troubleOf(before.getStatus());
        troubleOf(after.getStatus())
                .filter(text -> said.filter(text::equals).isEmpty())
                .ifPresent(text -> events.add(new ServiceEvent(reason, type, text)));
        return events;
    }

    private static List<String> addresses(@Nullable AddressClaimStatus status) {
        return status == null ? List.of() : status.addresses();
    }

    private static Optional<String> troubleOf(@Nullable AddressClaimStatus status) {
        return status == null
                ? Optional.empty()
                : status.conditions().stream()
                        .filter(condition -> READY.equals(condition.type()))
                        .filter(condition -> condition.status() == Condition.Status.FALSE)
                        .map(Condition::message)
                        .findFirst();
    }
}
