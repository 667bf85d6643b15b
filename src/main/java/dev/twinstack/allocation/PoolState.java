package dev.twinstack.allocation;

import dev.twinstack.net.IpFamily;

/// A pool as configured, and what of it is in use. The spaces outlive a change of the pool's rules
/// as long as its addresses stay the same.
record PoolState(Pool pool, FamilySpace ipv4, FamilySpace ipv6) {

    static PoolState of(Pool pool) {
        return new PoolState(
                pool, new FamilySpace(pool, IpFamily.IPV4), new FamilySpace(pool, IpFamily.IPV6));
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
