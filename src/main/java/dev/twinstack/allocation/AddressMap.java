package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Which pools an address belongs to: a sorted map of disjoint segments, found in O(log ranges).
/// Pools that overlap are refused by the configuration, but the map allows for them.
final class AddressMap {

    /// A piece of a pool, by its index in [Pool#pieces].
    record Slot(PoolState pool, int range) {
        FamilySpace space(IpAddress address) {
            return pool.space(address.family());
        }
    }

    private record Segment(IpAddress last, List<Slot> slots) {}

    private final NavigableMap<IpAddress, Segment> segments = new TreeMap<>();

    void add(PoolState state) {
        List<IpRange> pieces = state.pool().pieces();
        for (int i = 0; i < pieces.size(); i++) {
            add(pieces.get(i), new Slot(state, i));
        }
    }

    /// The pools that may give the address, by name; none if it is outside all, or avoided.
    List<Slot> slots(IpAddress address) {
        Map.Entry<IpAddress, Segment> segment = segments.floorEntry(address);
        if (segment == null || segment.getValue().last().compareTo(address) < 0) {
            return List.of();
        }
        List<Slot> slots = segment.getValue().slots();
        if (!BuggyAddresses.contains(address)) {
            return slots;
        }
        return slots.stream().filter(slot -> !slot.pool().pool().avoidBuggyIps()).toList();
    }

    private void add(IpRange range, Slot slot) {
        splitBefore(range.first());
        if (!isLastOfFamily(range.last())) {
            splitBefore(range.last().next());
        }
        IpAddress start = range.first();
        while (true) {
            IpAddress last = join(start, range.last(), slot);
            if (last.equals(range.last())) {
                return;
            }
            start = last.next();
        }
    }

    /// Adds the slot to the segment that starts here, or fills the gap to the next one.
    private IpAddress join(IpAddress start, IpAddress end, Slot slot) {
        Segment existing = segments.get(start);
        if (existing != null) {
            List<Slot> slots = new ArrayList<>(existing.slots());
            slots.add(slot);
            segments.put(start, new Segment(existing.last(), List.copyOf(slots)));
            return existing.last();
        }
        IpAddress next = segments.higherKey(start);
        IpAddress last = next == null || next.compareTo(end) > 0 ? end : next.previous();
        segments.put(start, new Segment(last, List.of(slot)));
        return last;
    }

    private void splitBefore(IpAddress address) {
        Map.Entry<IpAddress, Segment> segment = segments.lowerEntry(address);
        if (segment == null || segment.getValue().last().compareTo(address) < 0) {
            return;
        }
        List<Slot> slots = segment.getValue().slots();
        segments.put(segment.getKey(), new Segment(address.previous(), slots));
        segments.put(address, new Segment(segment.getValue().last(), slots));
    }

    private static boolean isLastOfFamily(IpAddress address) {
        return switch (address.family()) {
            case IPV4 -> address.low() == 0xffff_ffffL;
            case IPV6 -> address.high() == -1L && address.low() == -1L;
        };
    }
}
