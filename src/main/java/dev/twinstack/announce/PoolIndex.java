package dev.twinstack.announce;

import dev.twinstack.allocation.Pool;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpRange;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Which pool an address is from, in O(log n): ranges of different pools never overlap in a valid
/// configuration.
final class PoolIndex {

    private record Entry(IpRange range, Pool pool) {}

    private final NavigableMap<IpAddress, Entry> byFirst = new TreeMap<>();

    PoolIndex(Collection<Pool> pools) {
        for (Pool pool : pools) {
            for (IpRange range : pool.ranges()) {
                byFirst.put(range.first(), new Entry(range, pool));
            }
        }
    }

    /// The one pool that all these addresses are from.
    Optional<Pool> holding(List<IpAddress> addresses) {
        Pool common = null;
        for (IpAddress address : addresses) {
            Pool pool = holding(address).orElse(null);
            if (pool == null || (common != null && !common.name().equals(pool.name()))) {
                return Optional.empty();
            }
            common = pool;
        }
        return Optional.ofNullable(common);
    }

    private Optional<Pool> holding(IpAddress address) {
        Map.Entry<IpAddress, Entry> below = byFirst.floorEntry(address);
        return Optional.ofNullable(below)
                .map(Map.Entry::getValue)
                .filter(entry -> entry.range().contains(address))
                .map(Entry::pool)
                .filter(pool -> !(pool.avoidBuggyIps() && isBuggy(address)));
    }

    /// IPv4 addresses ending in .0 or .255, which some routers of old refuse.
    private static boolean isBuggy(IpAddress address) {
        long last = address.low() & 0xff;
        return address.family() == IpFamily.IPV4 && (last == 0 || last == 0xff);
    }
}
