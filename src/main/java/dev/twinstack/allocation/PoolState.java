package dev.twinstack.allocation;

import dev.twinstack.net.IpFamily;
import org.jspecify.annotations.Nullable;

/// A pool as configured, and what of it is in use. The spaces outlive a change of the pool's rules
/// as long as its addresses stay the same. `pairs` are there only for a pool that gives pairs.
record PoolState(Pool pool, FamilySpace ipv4, FamilySpace ipv6, @Nullable Pairs pairs) {

    static PoolState of(Pool pool) {
        return new PoolState(
                pool,
                new FamilySpace(pool, IpFamily.IPV4),
                new FamilySpace(pool, IpFamily.IPV6),
                pairsOf(pool));
    }

    /// The same addresses under other rules.
    PoolState with(Pool next) {
        boolean samePairing = next.policy().pairing() == pool.policy().pairing();
        return new PoolState(next, ipv4, ipv6, samePairing ? pairs : pairsOf(next));
    }

    private static @Nullable Pairs pairsOf(Pool pool) {
        return switch (pool.policy().pairing()) {
            case NONE -> null;
            case SUFFIX -> new Pairs(pool);
        };
    }

    String name() {
        return pool.name();
    }

    FamilySpace space(IpFamily family) {
        return switch (family) {
            case IPV4 -> ipv4;
            case IPV6 -> ipv6;
        };
    }

    PoolUsage usage() {
        return new PoolUsage(name(), ipv4.usage(), ipv6.usage());
    }
}
