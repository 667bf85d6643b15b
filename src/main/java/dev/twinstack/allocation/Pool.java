package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpRange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One IPAddressPool as far as allocation looks at it.
///
/// `ranges` stand in the order they were written: addresses are given from the first range that has
/// room, lowest first. `autoAssign` false: only on explicit request. `avoidBuggyIps`: IPv4
/// addresses that end in .0 or .255 don't belong to the pool, not even on request. `scope` is
/// `serviceAllocation`: a pool with one is *bound*, a pool without one is *open* to all Services.
/// `policy` is what an AddressPolicy adds.
public record Pool(
        String name,
        List<IpRange> ranges,
        boolean autoAssign,
        boolean avoidBuggyIps,
        Optional<PoolScope> scope,
        PoolPolicy policy) {

    /// @throws IllegalArgumentException if two ranges of the pool overlap
    public Pool {
        ranges = List.copyOf(ranges);
        List<IpRange> sorted = ranges.stream().sorted().toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).overlaps(sorted.get(i - 1))) {
                throw new IllegalArgumentException(
                        "ranges %s and %s of pool %s overlap"
                                .formatted(sorted.get(i - 1), sorted.get(i), name));
            }
        }
    }

    /// A pool without a policy.
    public Pool(
            String name,
            List<IpRange> ranges,
            boolean autoAssign,
            boolean avoidBuggyIps,
            Optional<PoolScope> scope) {
        this(name, ranges, autoAssign, avoidBuggyIps, scope, PoolPolicy.NONE);
    }

    /// An open pool with MetalLB's defaults.
    public static Pool open(String name, IpRange... ranges) {
        return new Pool(name, List.of(ranges), true, false, Optional.empty());
    }

    public Pool withPolicy(PoolPolicy other) {
        return new Pool(name, ranges, autoAssign, avoidBuggyIps, scope, other);
    }

    /// Whether addresses of `other` and this pool are the same ones.
    boolean hasSameAddressesAs(Pool other) {
        return pieces().equals(other.pieces())
                && ranges.equals(other.ranges)
                && avoidBuggyIps == other.avoidBuggyIps;
    }

    /// What is left of the ranges without the excluded addresses, in the same order.
    List<IpRange> pieces() {
        List<IpRange> pieces = ranges;
        for (IpRange excluded : policy.excluded()) {
            pieces = pieces.stream().flatMap(piece -> without(piece, excluded)).toList();
        }
        return pieces;
    }

    private static Stream<IpRange> without(IpRange piece, IpRange excluded) {
        if (!piece.overlaps(excluded)) {
            return Stream.of(piece);
        }
        Stream.Builder<IpRange> rest = Stream.builder();
        if (piece.first().compareTo(excluded.first()) < 0) {
            rest.add(new IpRange(piece.first(), excluded.first().previous()));
        }
        if (excluded.last().compareTo(piece.last()) < 0) {
            rest.add(new IpRange(excluded.last().next(), piece.last()));
        }
        return rest.build();
    }

    /// Why an address in one of the ranges is none that the pool gives.
    Optional<Refusal> avoided(IpAddress address) {
        for (IpRange range : policy.excluded()) {
            if (range.contains(address)) {
                return Optional.of(new Refusal.Excluded(address, name, range));
            }
        }
        return avoidBuggyIps && BuggyAddresses.contains(address)
                ? Optional.of(
                        new Refusal.NotInPool(
                                address,
                                ("address %s is not used: pool %s avoids those that end in .0 or"
                                                + " .255 (avoidBuggyIPs)")
                                        .formatted(address, name)))
                : Optional.empty();
    }

    /// The ranges of one family as text, for refusals.
    String rangesText(IpFamily family) {
        return ranges.stream()
                .filter(range -> range.family() == family)
                .map(IpRange::toString)
                .collect(Collectors.joining(", "));
    }
}
