package dev.twinstack.allocation;

/// The counters of one pool, as in `IPAddressPool.status` and the allocator's metrics. An address
/// that several Services share counts once. Addresses that the pool excludes or avoids count
/// nowhere, not even in the total.
public record PoolUsage(String pool, Family ipv4, Family ipv6) {

    /// The counters of one family; an address is in one of them at most. `total` is saturated: a
    /// pool with a range of 2^62 addresses or more has `Long.MAX_VALUE`. `assigned` addresses
    /// belong to a Service, `reserved` ones were only answered at admission, and `held` ones belong
    /// to a claim or a deleted Service while no Service uses them.
    public record Family(long total, long assigned, long reserved, long held) {

        /// Without claims and retention, as in MetalLB.
        public Family(long total, long assigned, long reserved) {
            this(total, assigned, reserved, 0);
        }

        /// `availableIPv4` or `availableIPv6` of the status: all that belongs to nobody.
        public long available() {
            return total - assigned - held;
        }

        /// What the next Service can get.
        public long free() {
            return total - assigned - reserved - held;
        }
    }

    /// Both families together, saturated.
    public long total() {
        long sum = ipv4.total + ipv6.total;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    public long assigned() {
        return ipv4.assigned + ipv6.assigned;
    }
}
