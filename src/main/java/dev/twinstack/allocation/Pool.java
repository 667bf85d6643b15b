package dev.twinstack.allocation;

import dev.twinstack.net.IpRange;
import java.util.List;
import java.util.Optional;

/// One IPAddressPool as far as allocation looks at it.
///
/// `ranges` stand in the order they were written: addresses are given from the first range that has
/// room, lowest first. `autoAssign` false: only on explicit request. `avoidBuggyIps`: IPv4
/// addresses that end in .0 or .255 don't belong to the pool, not even on request. `scope` is
/// `serviceAllocation`: a pool with one is *bound*, a pool without one is *open* to all Services.
public record Pool(
        String name,
        List<IpRange> ranges,
        boolean autoAssign,
        boolean avoidBuggyIps,
        Optional<PoolScope> scope) {

    public Pool {
        ranges = List.copyOf(ranges);
    }

    /// An open pool with MetalLB's defaults.
    public static Pool open(String name, IpRange... ranges) {
        return new Pool(name, List.of(ranges), true, false, Optional.empty());
    }
}
