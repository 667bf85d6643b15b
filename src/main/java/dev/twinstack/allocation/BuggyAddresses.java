package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpRange;

/// The IPv4 addresses that `avoidBuggyIPs` leaves out: those that end in .0 or .255, which some
/// routers at customers' homes drop.
final class BuggyAddresses {

    private BuggyAddresses() {}

    static boolean contains(IpAddress address) {
        if (address.family() == IpFamily.IPV6) {
            return false;
        }
        long lastOctet = address.low() & 0xff;
        return lastOctet == 0 || lastOctet == 255;
    }

    /// How many of them are in the range.
    static long countIn(IpRange range) {
        if (range.family() == IpFamily.IPV6) {
            return 0;
        }
        return countUpTo(range.last().low()) - countUpTo(range.first().low() - 1);
    }

    private static long countUpTo(long bits) {
        return bits < 0 ? 0 : bits / 256 + 1 + (bits + 1) / 256;
    }
}
