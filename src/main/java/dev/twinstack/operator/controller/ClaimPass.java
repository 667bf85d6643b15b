package dev.twinstack.operator.controller;

import dev.twinstack.allocation.ClaimDecision;
import dev.twinstack.allocation.ClaimKey;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.config.ClaimReader;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.operator.ServiceEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One look at one claim: brings the book up to date and says what to write. Asks nobody over the
/// network. The same claim may be looked at any number of times.
final class ClaimPass {

    /// What is to be done with the claim.
    sealed interface Step {
        /// It is to have our finalizer before it gets anything.
        record AddFinalizer() implements Step {}

        /// Nobody uses it any more: it may go.
        record RemoveFinalizer() implements Step {}

        /// @param events to be sent once it is written
        record WriteStatus(AddressClaim edited, List<ServiceEvent> events) implements Step {}

        record Nothing() implements Step {}

        /// Its namespace has not been seen yet, whose labels decide about pools and quotas.
        record LookAgain() implements Step {}
    }

    private final AddressBook book;
    private final Function<String, Optional<Map<String, String>>> namespaceLabels;
    private final InstantSource clock;

    ClaimPass(
            AddressBook book,
            Function<String, Optional<Map<String, String>>> namespaceLabels,
            InstantSource clock) {
        this.book = book;
        this.namespaceLabels = namespaceLabels;
        this.clock = clock;
    }

    Step look(AddressClaim claim) {
        if (claim.getMetadata().getDeletionTimestamp() != null) {
            return leaving(claim);
        }
        if (!claim.getMetadata().getFinalizers().contains(ClaimReconciler.FINALIZER)) {
            return new Step.AddFinalizer();
        }
        ClaimKey key = CachedClaims.key(claim);
        Optional<Map<String, String>> labels = namespaceLabels.apply(key.namespace());
        if (labels.isEmpty()) {
            return new Step.LookAgain();
        }
        return switch (ClaimReader.read(claim, labels.get())) {
            case ClaimReader.Reading.Asks(var request) -> {
                ClaimDecision decision = book.confirm(request);
                yield step(
                        ClaimStatusEdit.edit(claim, decision, book.usersOf(key), clock.instant()),
                        edited -> ClaimEvents.decided(claim, edited, decision));
            }
            case ClaimReader.Reading.Wrong(var errors) ->
                    step(
                            ClaimStatusEdit.edit(claim, errors, book.usersOf(key), clock.instant()),
                            edited -> ClaimEvents.wrong(claim, edited));
        };
    }

    private static Step step(
            Optional<AddressClaim> edited, Function<AddressClaim, List<ServiceEvent>> events) {
        return edited.<Step>map(its -> new Step.WriteStatus(its, events.apply(its)))
                .orElseGet(Step.Nothing::new);
    }

    private Step leaving(AddressClaim claim) {
        ClaimKey key = CachedClaims.key(claim);
        book.leave(key);
        List<ServiceKey> users = book.usersOf(key);
        if (users.isEmpty()) {
            return claim.getMetadata().getFinalizers().contains(ClaimReconciler.FINALIZER)
                    ? new Step.RemoveFinalizer()
                    : new Step.Nothing();
        }
        return step(
                ClaimStatusEdit.leaving(claim, users, clock.instant()),
                edited -> ClaimEvents.leaving(claim, edited));
    }
}
