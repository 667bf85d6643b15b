package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpRange;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The free addresses of one range, as runs: first address to last address. Lowest free address,
/// taking and giving back are O(log runs), whatever the size of the range; an untouched /8 or /64
/// is one run.
///
/// With `avoidBuggy`, runs are unbroken in the sequence of allowed addresses: they start and end at
/// an allowed one and step over the others, so that none of those is ever counted or looked at
/// twice.
final class FreeRuns {

    private final IpRange range;
    private final boolean avoidBuggy;
    private final NavigableMap<IpAddress, IpAddress> runs = new TreeMap<>();

    FreeRuns(IpRange range, boolean avoidBuggy) {
        this.range = range;
        this.avoidBuggy = avoidBuggy;
        IpAddress first = isAllowed(range.first()) ? range.first() : after(range.first());
        IpAddress last = isAllowed(range.last()) ? range.last() : before(range.last());
        if (first != null && last != null) {
            runs.put(first, last);
        }
    }

    /// How many addresses the range has for Services. MetalLB counts 2^62 and more as endless.
    long capacity() {
        long size = range.size();
        if (size >= 1L << 62) {
            return Long.MAX_VALUE;
        }
        return avoidBuggy ? size - BuggyAddresses.countIn(range) : size;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    boolean isFree(IpAddress address) {
        Map.Entry<IpAddress, IpAddress> run = runs.floorEntry(address);
        return run != null && run.getValue().compareTo(address) >= 0;
    }

    @Nullable IpAddress lowest() {
        return runs.isEmpty() ? null : runs.firstKey();
    }

    /// Takes an address out of the free ones; nothing happens if it is not free.
    void take(IpAddress address) {
        Map.Entry<IpAddress, IpAddress> run = runs.floorEntry(address);
        if (run == null || run.getValue().compareTo(address) < 0) {
            return;
        }
        IpAddress first = run.getKey();
        IpAddress last = run.getValue();
        runs.remove(first);
        if (!first.equals(address)) {
            putRun(first, before(address));
        }
        if (!last.equals(address)) {
            putRun(after(address), last);
        }
    }

    /// Gives a taken address back and joins it with its free neighbours.
    void give(IpAddress address) {
        IpAddress first = address;
        IpAddress last = address;
        Map.Entry<IpAddress, IpAddress> lower = runs.lowerEntry(address);
        if (lower != null && lower.getValue().equals(before(address))) {
            first = lower.getKey();
        }
        IpAddress next = after(address);
        IpAddress lastOfNext = next == null ? null : runs.remove(next);
        if (lastOfNext != null) {
            last = lastOfNext;
        }
        runs.put(first, last);
    }

    private void putRun(@Nullable IpAddress first, @Nullable IpAddress last) {
        if (first != null && last != null && first.compareTo(last) <= 0) {
            runs.put(first, last);
        }
    }

    private boolean isAllowed(IpAddress address) {
        return !avoidBuggy || !BuggyAddresses.contains(address);
    }

    /// The next allowed address in the range.
    private @Nullable IpAddress after(IpAddress address) {
        IpAddress next = address;
        do {
            if (next.equals(range.last())) {
                return null;
            }
            next = next.next();
        } while (!isAllowed(next));
        return next;
    }

    private @Nullable IpAddress before(IpAddress address) {
        IpAddress previous = address;
        do {
            if (previous.equals(range.first())) {
                return null;
            }
            previous = previous.previous();
        } while (!isAllowed(previous));
        return previous;
    }
}
