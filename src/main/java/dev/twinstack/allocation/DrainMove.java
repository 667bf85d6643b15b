package dev.twinstack.allocation;

import static java.util.stream.Collectors.joining;

import dev.twinstack.net.IpAddress;
import java.time.Instant;
import java.util.List;

/// What a decision means for a Service of a draining pool.
public sealed interface DrainMove {

    /// The draining pool.
    String from();

    /// The pool that replaces it.
    String to();

    /// One line for conditions, Events and explanations.
    String text();

    /// The Service stays until its turn comes.
    record Waiting(String from, String to) implements DrainMove {
        @Override
        public String text() {
            return "it moves from draining pool %s to pool %s when its turn comes"
                    .formatted(from, to);
        }
    }

    /// The Service has `old` and `next` until the overlap is over, then only `next`.
    record Overlapping(
            String from, String to, List<IpAddress> old, List<IpAddress> next, Instant until)
            implements DrainMove {
        public Overlapping {
            old = List.copyOf(old);
            next = List.copyOf(next);
        }

        @Override
        public String text() {
            return "it moves from draining pool %s to pool %s: it has %s, and %s until %s"
                    .formatted(from, to, list(next), list(old), until);
        }
    }

    /// The move is over with this decision: the Service has only `next`.
    record Arrived(String from, String to, List<IpAddress> old, List<IpAddress> next)
            implements DrainMove {
        public Arrived {
            old = List.copyOf(old);
            next = List.copyOf(next);
        }

        @Override
        public String text() {
            return "it has moved from draining pool %s to pool %s: it has %s in place of %s"
                    .formatted(from, to, list(next), list(old));
        }
    }

    /// Its turn has come, but it can't go, and stays.
    record Stuck(String from, String to, Refusal why) implements DrainMove {
        @Override
        public String text() {
            return "the Service stays in draining pool %s: %s".formatted(from, why.text());
        }
    }

    private static String list(List<IpAddress> addresses) {
        return addresses.stream().map(IpAddress::toString).collect(joining(" and "));
    }
}
