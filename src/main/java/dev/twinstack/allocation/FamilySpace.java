package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The addresses of one family in one pool: what is free, what is shared under which key, and the
/// counters.
final class FamilySpace {

    /// Addresses that a Service with this key and backend key may join, ports permitting.
    private record Group(String key, String backendKey) {
        static @Nullable Group of(Occupancy occupancy) {
            List<Tenant> tenants = occupancy.tenants();
            if (tenants.isEmpty() || !tenants.getFirst().sharing().isShared()) {
                return null;
            }
            Sharing sharing = tenants.getFirst().sharing();
            return new Group(sharing.key(), sharing.backendKey());
        }
    }

    private final List<FreeRuns> ranges = new ArrayList<>();
    private final BitSet rangesWithRoom = new BitSet();
    private final Map<Group, NavigableSet<Position>> groups = new HashMap<>();
    private final long total;
    private long assigned;
    private long reserved;
    private long held;
    private final Map<String, Long> byNamespace = new HashMap<>();

    FamilySpace(Pool pool, IpFamily family) {
        long sum = 0;
        for (IpRange range : pool.pieces()) {
            FreeRuns runs = new FreeRuns(range, pool.avoidBuggyIps());
            if (range.family() == family) {
                sum = saturatedSum(sum, runs.capacity());
                rangesWithRoom.set(ranges.size(), !runs.isEmpty());
            }
            ranges.add(runs);
        }
        total = sum;
    }

    private static long saturatedSum(long a, long b) {
        return a + b < 0 ? Long.MAX_VALUE : a + b;
    }

    boolean isAbsent() {
        return total == 0;
    }

    boolean isFull() {
        return rangesWithRoom.isEmpty();
    }

    PoolUsage.Family usage() {
        return new PoolUsage.Family(total, assigned, reserved, held);
    }

    /// How many addresses count in the quota of the namespace.
    long usedBy(String namespace) {
        return byNamespace.getOrDefault(namespace, 0L);
    }

    /// The same for all namespaces that have any.
    Map<String, Long> usedByNamespace() {
        return Collections.unmodifiableMap(byNamespace);
    }

    /// The first free address in the order of the pool.
    @Nullable Position lowestFree() {
        int range = rangesWithRoom.nextSetBit(0);
        IpAddress lowest = range < 0 ? null : ranges.get(range).lowest();
        return lowest == null ? null : new Position(range, lowest);
    }

    /// The addresses in use under these sharing terms, in the order of the pool, that come before
    /// `end` (all of them if null). Whether ports clash is not looked at.
    Iterable<Position> sharedBefore(Sharing sharing, @Nullable Position end) {
        NavigableSet<Position> members = groups.get(new Group(sharing.key(), sharing.backendKey()));
        if (!sharing.isShared() || members == null) {
            return List.of();
        }
        return end == null ? members : members.headSet(end, false);
    }

    /// Follows a change of who is on one address of this space.
    void update(Position position, Occupancy before, Occupancy after) {
        count(before, -1);
        count(after, 1);
        FreeRuns runs = ranges.get(position.range());
        if (before.isFree() && !after.isFree()) {
            runs.take(position.address());
        } else if (after.isFree() && !before.isFree()) {
            runs.give(position.address());
        }
        rangesWithRoom.set(position.range(), !runs.isEmpty());
        Group left = Group.of(before);
        if (left != null) {
            leave(left, position);
        }
        Group joined = Group.of(after);
        if (joined != null) {
            groups.computeIfAbsent(joined, group -> new TreeSet<>()).add(position);
        }
    }

    private void count(Occupancy occupancy, int change) {
        if (occupancy.isFree()) {
            return;
        }
        if (occupancy.isAssigned()) {
            assigned += change;
        } else if (occupancy.lien() == null) {
            reserved += change;
        } else {
            held += change;
        }
        for (String namespace : occupancy.namespaces()) {
            byNamespace.merge(
                    namespace, (long) change, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
        }
    }

    private void leave(Group group, Position position) {
        NavigableSet<Position> members = groups.get(group);
        if (members != null && members.remove(position) && members.isEmpty()) {
            groups.remove(group);
        }
    }
}
