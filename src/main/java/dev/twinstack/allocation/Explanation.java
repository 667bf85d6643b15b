package dev.twinstack.allocation;

import java.util.List;

/// Why a Service gets what it gets: every pool in the order in which it is tried, then those that
/// are not tried, and what came of it. Each reason is the [Refusal] that the decision itself would
/// give.
///
/// @param held what the Service holds in the index
/// @param reserved what admission has promised it and is not confirmed yet
public record Explanation(
        AddressRequest request,
        List<PoolVerdict> pools,
        Holding held,
        Holding reserved,
        Decision decision) {

    public Explanation {
        pools = List.copyOf(pools);
    }
}
