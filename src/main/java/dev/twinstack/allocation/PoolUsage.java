package dev.twinstack.allocation;

/// The counters of one pool, as in `IPAddressPool.status` and the allocator's metrics. An address
/// that several Services share counts once.
public record PoolUsage(String pool, Family ipv4, Family ipv6) {

    /// The counters of one family. `total` is saturated: a pool with a range of 2^62 addresses or
    /// more has `Long.MAX_VALUE`. `assigned` addresses belong to a Service, `reserved` ones were
    /// only answered at admission.
    public record Family(long total, long assigned, long reserved) {

        /// `availableIPv4` or `availableIPv6` of the status: all that belongs to no Service.
        public long available() {
            return total - assigned;
        }

        /// What the next Service can get.
        public long free() {
            return total - assigned - reserved;
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
