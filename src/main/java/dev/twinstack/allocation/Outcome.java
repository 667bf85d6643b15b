package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one way of serving a request came to.
sealed interface Outcome {

    /// The rooms of which one must come free to make it better.
    Set<Room> waitsFor();

    /// Addresses of one pool; `missing` is why the second family, which may be missing, is.
    record Found(
            String pool, List<IpAddress> addresses, Optional<Refusal> missing, Set<Room> waitsFor)
            implements Outcome {}

    record Failed(Refusal reason, Set<Room> waitsFor) implements Outcome {
        /// Either of two failures: the reason that may pass, and the rooms of both.
        Failed or(Failed other) {
            Set<Room> rooms = new HashSet<>(waitsFor);
            rooms.addAll(other.waitsFor);
            return new Failed(reason.permanent() ? other.reason : reason, rooms);
        }

        static Failed forGood(Refusal reason) {
            return new Failed(reason, Set.of());
        }
    }
}
