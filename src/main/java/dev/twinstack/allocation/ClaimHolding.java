package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.util.List;
import java.util.Optional;

/// What a claim has in the index. `pool` is empty when no pool has all of these addresses any more.
/// With `reservedFor` only that Service may use them.
public record ClaimHolding(
        String pool, List<IpAddress> addresses, Optional<ServiceKey> reservedFor) {

    public ClaimHolding {
        addresses = List.copyOf(addresses);
    }

    ClaimHolding in(String other) {
        return new ClaimHolding(other, addresses, reservedFor);
    }
}
