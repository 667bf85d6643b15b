package dev.twinstack.config;

import dev.twinstack.allocation.Pool;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpRange;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Finds the pool that already has an address; O(log n) per range.
final class PoolOverlaps {

    private record Owned(IpRange range, String pool) {}

    private final NavigableMap<IpAddress, Owned> byFirst = new TreeMap<>();

    /// Takes the pool's ranges, unless another pool has some of their addresses.
    boolean admits(Pool pool, Problems problems) {
        List<IpRange> ranges = pool.ranges();
        boolean free = true;
        for (int i = 0; i < ranges.size(); i++) {
            IpRange range = ranges.get(i);
            Optional<Owned> other = overlapping(range);
            if (other.isPresent()) {
                free = false;
                problems.conflict(
                        "spec.addresses[%d]".formatted(i),
                        "%s overlaps %s of pool %s, which is older"
                                .formatted(range, other.get().range(), other.get().pool()));
            }
        }
        if (free) {
            ranges.forEach(range -> byFirst.put(range.first(), new Owned(range, pool.name())));
        }
        return free;
    }

    /// Owned ranges are separate, so the last one that starts within or before decides.
    private Optional<Owned> overlapping(IpRange range) {
        return Optional.ofNullable(byFirst.floorEntry(range.last()))
                .map(Map.Entry::getValue)
                .filter(owned -> owned.range().family() == range.family())
                .filter(owned -> owned.range().overlaps(range));
    }
}
