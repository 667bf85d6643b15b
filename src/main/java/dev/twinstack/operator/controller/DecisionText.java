package dev.twinstack.operator.controller;

import static java.util.stream.Collectors.joining;

import dev.twinstack.allocation.Decision;
import dev.twinstack.allocation.DrainMove;
import dev.twinstack.net.IpAddress;
import java.util.Optional;

/// A decision in one line.
final class DecisionText {

    private DecisionText() {}

    static String of(Decision decision) {
        return of(decision, Optional.empty());
    }

    /// @param known where the Service stands on its way out of a draining pool, if more is known
    ///   than the decision says
    static String of(Decision decision, Optional<DrainMove> known) {
        return switch (decision) {
            case Decision.Assigned assigned ->
                    given(assigned)
                            + assigned.missing()
                                    .map(why -> "; one family only: " + why.text())
                                    .orElse("")
                            + assigned.move()
                                    .map(move -> "; " + known.orElse(move).text())
                                    .orElse("");
            case Decision.Refused refused ->
                    refused.reason().text()
                            + (refused.addresses().isEmpty() ? "" : "; it keeps " + given(refused));
        };
    }

    private static String given(Decision decision) {
        return decision.addresses().stream().map(IpAddress::toString).collect(joining(" and "))
                + " from pool "
                + decision.pool();
    }
}
