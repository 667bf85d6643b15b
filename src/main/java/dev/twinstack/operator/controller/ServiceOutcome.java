package dev.twinstack.operator.controller;

import dev.twinstack.allocation.DrainMove;
import dev.twinstack.net.IpAddress;
import java.util.List;
import java.util.Optional;

/// What a Service's status and annotations shall say.
///
/// @param pool the pool of the addresses; empty without addresses
/// @param problem why there are none, or not all that were asked for
/// @param journey what is said of its way out of a draining pool
record ServiceOutcome(
        List<IpAddress> addresses,
        Optional<String> pool,
        Optional<Problem> problem,
        Journey journey) {

    /// Nothing of ours.
    static final ServiceOutcome NOTHING =
            new ServiceOutcome(List.of(), Optional.empty(), Optional.empty(), new Journey.None());

    ServiceOutcome {
        addresses = List.copyOf(addresses);
    }

    /// @param reason one word in CamelCase, for programs
    /// @param text for people
    record Problem(String reason, String text) {}

    /// The way of a Service out of a draining pool.
    sealed interface Journey {

        /// It is on none.
        record None() implements Journey {}

        /// Whatever has been said stays.
        record AsItWas() implements Journey {}

        /// Its turn has not come. What kept it from going before may still be true.
        record Ahead() implements Journey {}

        /// It has old and new addresses.
        record Begun(DrainMove.Overlapping move) implements Journey {}

        /// It can't go.
        record Blocked(DrainMove.Stuck move) implements Journey {}

        static Journey of(Optional<DrainMove> move) {
            return switch (move.orElse(null)) {
                case null -> new None();
                case DrainMove.Arrived _ -> new None();
                case DrainMove.Waiting _ -> new Ahead();
                case DrainMove.Overlapping begun -> new Begun(begun);
                case DrainMove.Stuck stuck -> new Blocked(stuck);
            };
        }
    }
}
