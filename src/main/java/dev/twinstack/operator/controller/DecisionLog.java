package dev.twinstack.operator.controller;

import dev.twinstack.allocation.Decision;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.operator.ServiceExplanation.LastDecision;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The last decision about each Service, and since when it is what it is. Guarded by the
/// [AddressBook]'s lock.
final class DecisionLog {

    private final Map<ServiceKey, LastDecision> last = new HashMap<>();

    void note(Decision decision, Instant now) {
        String text = DecisionText.of(decision);
        last.merge(
                decision.service(),
                new LastDecision(text, now, now),
                (before, same) -> before.followedBy(text, now));
    }

    void forget(ServiceKey service) {
        last.remove(service);
    }

    Optional<LastDecision> last(ServiceKey service) {
        return Optional.ofNullable(last.get(service));
    }
}
