package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.util.List;

/// How far a Service is on its way out of a draining pool, as its annotation and the caller's clock
/// say. Without any step it stays.
public sealed interface DrainStep {

    DrainStep NONE = new None();

    /// It is not on its way, and not its turn.
    record None() implements DrainStep {}

    /// Its turn has come: it gets new addresses beside the old ones, if it can.
    record Begin() implements DrainStep {}

    /// It has new addresses and, until the overlap is over, the old ones.
    record Overlap(List<IpAddress> old) implements DrainStep {
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
