package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.util.List;
import java.util.Optional;

/// What one pool can do for one request.
///
/// @param order the place in which it is tried, from 1; 0: it is not tried
/// @param addresses what it would give, or the Service keeps from it; empty: nothing
/// @param why nothing, or why only one of two families; empty if it fits in full
public record PoolVerdict(
        String pool, int order, List<IpAddress> addresses, Optional<Refusal> why, PoolUsage usage) {

    public PoolVerdict {
        addresses = List.copyOf(addresses);
    }

    /// Whether the Service can be served from here.
    public boolean fits() {
        return !addresses.isEmpty();
    }
}
