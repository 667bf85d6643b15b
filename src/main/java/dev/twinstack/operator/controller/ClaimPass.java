package dev.twinstack.operator.controller;

import dev.twinstack.allocation.ClaimKey;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.config.ClaimReader;
import dev.twinstack.crd.AddressClaim;
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

        record WriteStatus(AddressClaim edited) implements Step {}

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
        Optional<AddressClaim> edited =
                switch (ClaimReader.read(claim, labels.get())) {
                    case ClaimReader.Reading.Asks(var request) -> {
                        var decision = book.confirm(request);
                        yield ClaimStatusEdit.edit(
                                claim, decision, book.usersOf(key), clock.instant());
                    }
                    case ClaimReader.Reading.Wrong(var errors) ->
                            ClaimStatusEdit.edit(claim, errors, book.usersOf(key), clock.instant());
                };
        return edited.<Step>map(Step.WriteStatus::new).orElseGet(Step.Nothing::new);
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
        return ClaimStatusEdit.leaving(claim, users, clock.instant())
                .<Step>map(Step.WriteStatus::new)
                .orElseGet(Step.Nothing::new);
    }
}
