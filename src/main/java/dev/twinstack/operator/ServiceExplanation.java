package dev.twinstack.operator;

import dev.twinstack.allocation.Explanation;
import dev.twinstack.allocation.ServiceKey;
import java.time.Instant;
import java.util.Optional;

/// Why a Service has the addresses it has, or none.
///
/// @param verdict the answer in one line, in the words of conditions and Events
/// @param explanation the whole way to it; empty where the Service asks for nothing, or wrongly
/// @param last the last decision; empty if there was none since this process leads
public record ServiceExplanation(
        ServiceKey service,
        String verdict,
        Optional<Explanation> explanation,
        Optional<LastDecision> last) {

    /// What was decided.
    ///
    /// @param since when it was decided first, and not otherwise since
    /// @param looked when the Service was looked at last
    public record LastDecision(String text, Instant since, Instant looked) {

        /// The same seen again, or something new.
        public LastDecision followedBy(String next, Instant now) {
            return new LastDecision(next, next.equals(text) ? since : now, now);
        }
    }
}
