package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.time.Instant;
import java.util.List;

/// How far a Service is on its way out of a draining pool, as its annotation, the [Drainage] and
/// the caller's clock say. Without any step it stays.
public sealed interface DrainStep {

    DrainStep NONE = new None();

    /// It is not on its way, and not its turn.
    record None() implements DrainStep {}

    /// Its turn has come: it gets new addresses beside the old ones, if it can.
    ///
    /// @param now when the overlap begins
    /// @param terms on which the new addresses must be to be had: those of all Services together
    ///   that share the old ones
    record Begin(Instant now, Sharing terms) implements DrainStep {}

    /// Another Service with which it shares the old addresses is on its way: it follows.
    ///
    /// @param until the end of the overlap, for both
    /// @param next the other one's new addresses
    record Join(Instant until, List<IpAddress> next) implements DrainStep {
        public Join {
            next = List.copyOf(next);
        }
    }

    /// It has new addresses and, until the overlap is over, the old ones.
    record Overlap(List<IpAddress> old, Instant until) implements DrainStep {
        public Overlap {
            old = List.copyOf(old);
        }
    }

    /// The overlap is over: the old ones go.
    record End(List<IpAddress> old) implements DrainStep {
        public End {
            old = List.copyOf(old);
        }
    }
}
