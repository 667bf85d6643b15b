package dev.twinstack.operator.controller;

import dev.twinstack.net.IpAddress;
import java.util.List;
import java.util.Optional;

/// What a Service's status and annotations shall say.
///
/// @param pool the pool of the addresses; empty without addresses
/// @param problem why there are none, or not all that were asked for
record ServiceOutcome(List<IpAddress> addresses, Optional<String> pool, Optional<Problem> problem) {

    /// Nothing of ours.
    static final ServiceOutcome NOTHING =
            new ServiceOutcome(List.of(), Optional.empty(), Optional.empty());

    ServiceOutcome {
        addresses = List.copyOf(addresses);
    }

    /// @param reason one word in CamelCase, for programs
    /// @param text for people
    record Problem(String reason, String text) {}
}
