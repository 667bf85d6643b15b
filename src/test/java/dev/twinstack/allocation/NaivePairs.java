package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpRange;
import java.util.ArrayList;
import java.util.List;

/// Which addresses of a pool go together, by their numbers.
final class NaivePairs {

    private NaivePairs() {}

    /// In the order of the ranges.
    static List<IpAddress> partners(Pool pool, IpAddress address) {
        List<IpAddress> partners = new ArrayList<>();
        for (IpRange range : pool.ranges()) {
            if (range.contains(address)) {
                long part = address.distanceFrom(HostPart.base(range));
                for (IpRange other : pool.ranges()) {
                    IpAddress partner =
                            other.family() == address.family()
                                    ? address
                                    : HostPart.base(other).plus(part);
                    if (other.family() != address.family() && other.contains(partner)) {
                        partners.add(partner);
                    }
                }
            }
        }
        return partners.stream().filter(a -> NaiveModel.gives(pool, a)).toList();
    }
}
