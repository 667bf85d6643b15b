package dev.twinstack.config;

import dev.twinstack.allocation.PoolPolicy;
import java.util.List;

/// An AddressPolicy and the pools it holds for: those of its targets that are there and of which no
/// older one speaks.
///
/// @param pools by name
public record PolicyInForce(String name, List<String> pools, PoolPolicy policy) {

    public PolicyInForce {
        pools = pools.stream().sorted().toList();
    }
}
