package dev.twinstack.net;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/// An unbroken run of addresses of one family, both ends included. Ordered by `first`, then `last`.
public record IpRange(IpAddress first, IpAddress last) implements Comparable<IpRange> {

    public IpRange {
        requireNonNull(first, "first");
        requireNonNull(last, "last");
        if (first.family() != last.family()) {
            throw new IllegalArgumentException(
                    "range %s-%s mixes IPv4 and IPv6".formatted(first, last));
        }
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException(
                    "range %s-%s ends before it starts".formatted(first, last));
        }
    }

    public static IpRange of(IpAddress only) {
        return new IpRange(only, only);
    }

    public IpFamily family() {
        return first.family();
    }

    /// The number of addresses, saturated at `Long.MAX_VALUE`.
    public long size() {
        long distance = last.distanceFrom(first);
        return distance == Long.MAX_VALUE ? distance : distance + 1;
    }

    public boolean contains(IpAddress address) {
        return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    public boolean contains(IpRange other) {
        return contains(other.first) && contains(other.last);
    }

    public boolean overlaps(IpRange other) {
        return first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
    }

    /// The fewest prefixes that cover exactly this range, in order.
    public List<IpPrefix> prefixes() {
        List<IpPrefix> prefixes = new ArrayList<>();
        IpPrefix prefix = widestAt(first);
        prefixes.add(prefix);
        while (!prefix.last().equals(last)) {
            prefix = widestAt(prefix.last().next());
            prefixes.add(prefix);
        }
        return prefixes;
    }

    /// The length of the widest of [#prefixes].
    public int widestPrefixLength() {
        return prefixes().stream().mapToInt(IpPrefix::length).min().orElseThrow();
    }

    /// The widest prefix that starts here and does not end after the range.
    private IpPrefix widestAt(IpAddress start) {
        IpPrefix widest = IpPrefix.host(start);
        for (int length = widest.length() - 1; length >= 0; length--) {
            IpPrefix wider = new IpPrefix(start, length);
            if (!wider.first().equals(start) || wider.last().compareTo(last) > 0) {
                break;
            }
            widest = wider;
        }
        return widest;
    }

    @Override
    public int compareTo(IpRange other) {
        int byFirst = first.compareTo(other.first);
        return byFirst != 0 ? byFirst : last.compareTo(other.last);
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
