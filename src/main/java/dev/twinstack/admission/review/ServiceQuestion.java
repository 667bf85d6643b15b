package dev.twinstack.admission.review;

import dev.twinstack.admission.AddressAuthority;
import dev.twinstack.admission.ServiceReading;
import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.Decision;
import dev.twinstack.allocation.DrainStep;
import dev.twinstack.allocation.Refusal;
import dev.twinstack.allocation.WhenFull;
import java.util.List;
import java.util.function.Function;

/// What both Service webhooks have in common: comparing questions, and asking the authority.
final class ServiceQuestion {

    private ServiceQuestion() {}

    /// Whether both ask for the same. An update that asks nothing new is never refused: a finalizer
    /// must come off and a label go on, however wrong the Service has become.
    static boolean same(ServiceReading one, ServiceReading other) {
        return withoutState(one).equals(withoutState(other));
    }

    private static ServiceReading withoutState(ServiceReading reading) {
        return reading instanceof ServiceReading.Asks(AddressRequest request)
                ? new ServiceReading.Asks(
                        request.withHeld(List.of())
                                .withProposed(List.of())
                                .withDrainStep(DrainStep.NONE))
                : reading;
    }

    /// Asks, and once more if the answer would be a refusal only because the configuration had not
    /// arrived yet.
    static Decision ask(
            AddressAuthority authority,
            AddressRequest request,
            Function<AddressRequest, Decision> question) {
        Decision decision = question.apply(request);
        return decision instanceof Decision.Refused refused
                        && isAskedWrongly(refused.reason())
                        && authority.caughtUp()
                ? question.apply(request)
                : decision;
    }

    /// Whether the request is refused instead of left waiting: what can never work, a quota that is
    /// used up, and a full pool whose policy says so. Before there is any pool every Service waits,
    /// as the configuration may simply come after it.
    static boolean isAskedWrongly(Refusal reason) {
        return switch (reason) {
            case Refusal.NoPools _ -> false;
            case Refusal.QuotaExceeded _ -> true;
            case Refusal.NoPoolFits(List<Refusal> reasons) ->
                    reasons.stream().allMatch(ServiceQuestion::isAskedWrongly);
            case Refusal.Permanent _ -> true;
            case Refusal.Passing passing -> passing.whenFull() == WhenFull.REFUSE;
        };
    }
}
