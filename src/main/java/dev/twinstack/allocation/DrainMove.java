package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.time.Duration;
import java.util.List;

/// What a decision means for a Service of a draining pool.
public sealed interface DrainMove {

    /// The draining pool.
    String from();

    /// The pool that replaces it.
    String to();

    /// The Service stays until its turn comes.
    record Waiting(String from, String to) implements DrainMove {}

    /// The Service has `old` and `next` for the time of the overlap, then only `next`.
    record Overlapping(
            String from, String to, List<IpAddress> old, List<IpAddress> next, Duration overlap)
            implements DrainMove {
        public Overlapping {
            old = List.copyOf(old);
            next = List.copyOf(next);
        }
    }

    /// Its turn has come, but it can't go, and stays.
    record Stuck(String from, String to, Refusal why) implements DrainMove {

        /// One line for the condition and the Event.
        public String text() {
            return "the Service stays in draining pool %s: %s".formatted(from, why.text());
        }
    }
}
