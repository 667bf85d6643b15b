package dev.twinstack.allocation;

import static java.util.Comparator.comparing;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The pairs of a pool: an IPv4 and an IPv6 address with the same [HostPart], and which of them
/// have both free. An IPv4 address has a partner in each IPv6 range that has its host part.
///
/// The lowest free pair is found at once; following a change is O(log runs) for each combination of
/// an IPv4 and an IPv6 range.
final class Pairs {

    /// Two addresses that go together. Ordered by the place of the IPv4 address in its pool, then
    /// by the range of the IPv6 one.
    record Pair(Position ipv4, int order, IpAddress ipv6) implements Comparable<Pair> {
        private static final Comparator<Pair> ORDER =
                comparing(Pair::ipv4).thenComparingInt(Pair::order);

        @Override
        public int compareTo(Pair other) {
            return ORDER.compare(this, other);
        }
    }

    /// An unbroken run of pairs: both addresses grow together.
    private record Run(int piece, int order, IpRange ipv4, IpAddress firstIpv6, FreeRuns free) {

        IpRange ipv6() {
            return new IpRange(firstIpv6, firstIpv6.plus(ipv4.size() - 1));
        }

        Pair pair(IpAddress address) {
            long offset =
                    address.family() == IpFamily.IPV4
                            ? address.distanceFrom(ipv4.first())
                            : address.distanceFrom(firstIpv6);
            return new Pair(
                    new Position(piece, ipv4.first().plus(offset)), order, firstIpv6.plus(offset));
        }

        @Nullable Pair lowest() {
            IpAddress lowest = free.lowest();
            return lowest == null ? null : pair(lowest);
        }
    }

    private final boolean avoidBuggy;
    private final List<NavigableMap<IpAddress, Run>> byIpv4 = new ArrayList<>();
    private final List<NavigableMap<IpAddress, Run>> byIpv6 = new ArrayList<>();
    private final NavigableSet<Pair> lowest = new TreeSet<>();

    Pairs(Pool pool) {
        this.avoidBuggy = pool.avoidBuggyIps();
        List<IpRange> pieces = pool.pieces();
        for (IpRange ipv4 : of(pool, IpFamily.IPV4)) {
            NavigableMap<IpAddress, Run> runsOfRange = new TreeMap<>();
            byIpv6.add(runsOfRange);
            int order = 0;
            for (IpRange ipv6 : of(pool, IpFamily.IPV6)) {
                if (byIpv4.size() == order) {
                    byIpv4.add(new TreeMap<>());
                }
                addRuns(pieces, ipv4, ipv6, order);
                order++;
            }
        }
    }

    private static List<IpRange> of(Pool pool, IpFamily family) {
        return pool.ranges().stream().filter(range -> range.family() == family).toList();
    }

    private void addRuns(List<IpRange> pieces, IpRange ipv4, IpRange ipv6, int order) {
        IpAddress base4 = HostPart.base(ipv4);
        IpAddress base6 = HostPart.base(ipv6);
        for (int i = 0; i < pieces.size(); i++) {
            IpRange piece4 = pieces.get(i);
            if (!ipv4.contains(piece4.first())) {
                continue;
            }
            for (IpRange piece6 : pieces) {
                if (ipv6.contains(piece6.first())) {
                    addRun(i, order, piece4, base4, piece6, base6);
                }
            }
        }
    }

    private void addRun(
            int piece, int order, IpRange ipv4, IpAddress base4, IpRange ipv6, IpAddress base6) {
        long first = Math.max(ipv4.first().distanceFrom(base4), ipv6.first().distanceFrom(base6));
        long last = Math.min(ipv4.last().distanceFrom(base4), ipv6.last().distanceFrom(base6));
        if (first > last) {
            return;
        }
        IpRange common = new IpRange(base4.plus(first), base4.plus(last));
        Run run =
                new Run(piece, order, common, base6.plus(first), new FreeRuns(common, avoidBuggy));
        byIpv4.get(order).put(common.first(), run);
        byIpv6.getLast().put(run.firstIpv6(), run);
        noteLowest(null, run.lowest());
    }

    private void noteLowest(@Nullable Pair before, @Nullable Pair after) {
        if (before != null) {
            lowest.remove(before);
        }
        if (after != null) {
            lowest.add(after);
        }
    }

    /// The first pair of which both are free.
    @Nullable Pair lowestFree() {
        return lowest.isEmpty() ? null : lowest.first();
    }

    /// All pairs that the address is in, in order.
    List<Pair> of(IpAddress address) {
        return runs(address).stream().map(run -> run.pair(address)).sorted().toList();
    }

    private List<Run> runs(IpAddress address) {
        List<Run> found = new ArrayList<>();
        for (NavigableMap<IpAddress, Run> runs :
                address.family() == IpFamily.IPV4 ? byIpv4 : byIpv6) {
            Map.Entry<IpAddress, Run> entry = runs.floorEntry(address);
            if (entry != null) {
                Run run = entry.getValue();
                IpRange range = address.family() == IpFamily.IPV4 ? run.ipv4() : run.ipv6();
                IpAddress ipv4 =
                        range.contains(address) ? run.pair(address).ipv4().address() : null;
                if (ipv4 != null && !(avoidBuggy && BuggyAddresses.contains(ipv4))) {
                    found.add(run);
                }
            }
        }
        return found;
    }

    /// Follows a change of who is on one address.
    void update(IpAddress address, Predicate<IpAddress> isFree) {
        for (Run run : runs(address)) {
            Pair pair = run.pair(address);
            IpAddress ipv4 = pair.ipv4().address();
            boolean free = isFree.test(ipv4) && isFree.test(pair.ipv6());
            if (free != run.free().isFree(ipv4)) {
                Pair before = run.lowest();
                if (free) {
                    run.free().give(ipv4);
                } else {
                    run.free().take(ipv4);
                }
                noteLowest(before, run.lowest());
            }
        }
    }
}
