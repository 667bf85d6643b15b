package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The answer to a [ClaimRequest].
public sealed interface ClaimDecision {

    ClaimKey claim();

    /// The claim has `addresses`, all from `pool`.
    record Bound(
            ClaimKey claim,
            String pool,
            List<IpAddress> addresses,
            Optional<ServiceKey> reservedFor)
            implements ClaimDecision {
        public Bound {
            addresses = List.copyOf(addresses);
        }
    }

    /// The claim can't have what it asks for. What it has already it keeps. `waitsFor` as in
    /// [Decision#waitsFor].
    record Refused(ClaimKey claim, Refusal reason, Set<Room> waitsFor) implements ClaimDecision {
        public Refused {
            waitsFor = Set.copyOf(waitsFor);
        }
    }
}
