package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.net.IpRange;
import org.jspecify.annotations.Nullable;

/// The end of an address, behind the prefix of the range it is in.
///
/// The prefix of a range that is written as one is that: 192.168.1.7 in 192.168.1.0/24 has the host
/// part 7. Any other range (also one of a single address) has the longest prefix that both its ends
/// have, cut to whole octets (IPv4) or groups (IPv6): 192.168.1.245 in 192.168.1.240-192.168.1.250
/// has the host part 245.
final class HostPart {

    private HostPart() {}

    /// The length of the prefix of a range.
    static int prefixLength(IpRange range) {
        IpAddress first = range.first();
        IpAddress last = range.last();
        int bits = range.family().bits();
        long high = first.high() ^ last.high();
        int differing =
                high != 0
                        ? 128 - Long.numberOfLeadingZeros(high)
                        : 64 - Long.numberOfLeadingZeros(first.low() ^ last.low());
        int common = bits - differing;
        boolean isPrefix = common < bits && new IpPrefix(first, common).range().equals(range);
        int step = range.family() == IpFamily.IPV4 ? 8 : 16;
        return isPrefix ? common : Math.min(common, bits - 1) / step * step;
    }

    /// The first address of the prefix of a range.
    static IpAddress base(IpRange range) {
        return new IpPrefix(range.first(), prefixLength(range)).first();
    }

    /// The address of the range that has this host part; null if there is none. A part with more
    /// bits than the prefix leaves names the end of the prefix, too: ::1:53 is 2001:db8::1:53 in
    /// 2001:db8::1:0/112.
    static @Nullable IpAddress in(IpRange range, IpAddress part) {
        int hostBits = range.family().bits() - prefixLength(range);
        IpAddress base = base(range);
        IpAddress address =
                new IpAddress(
                        range.family(),
                        base.high() | (part.high() & ones(hostBits - 64)),
                        base.low() | (part.low() & ones(hostBits)));
        boolean fits =
                (part.high() & ~ones(hostBits - 64)) == 0 && (part.low() & ~ones(hostBits)) == 0;
        return range.contains(address) && (fits || endsIn(address, part)) ? address : null;
    }

    /// Whether the last octets or groups of the address, as many as the part has, are the part.
    private static boolean endsIn(IpAddress address, IpAddress part) {
        int step = part.family() == IpFamily.IPV4 ? 8 : 16;
        int significant =
                part.high() != 0
                        ? 128 - Long.numberOfLeadingZeros(part.high())
                        : 64 - Long.numberOfLeadingZeros(part.low());
        int bits = (significant + step - 1) / step * step;
        return ((address.high() ^ part.high()) & ones(bits - 64)) == 0
                && ((address.low() ^ part.low()) & ones(bits)) == 0;
    }

    /// The lowest `count` bits set; nothing for a negative count, everything from 64 on.
    private static long ones(int count) {
        if (count <= 0) {
            return 0;
        }
        return count >= 64 ? -1L : (1L << count) - 1;
    }
}
