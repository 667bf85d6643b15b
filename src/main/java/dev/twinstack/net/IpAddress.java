package dev.twinstack.net;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One IPv4 or IPv6 address as 128 bits: `high` and `low` are unsigned; an IPv4 address stands in
/// the last 32 bits of `low`. Ordered by family, then numerically.
///
/// An IPv4-mapped IPv6 address stays an IPv6 address. A zone is not part of an address.
public record IpAddress(IpFamily family, long high, long low) implements Comparable<IpAddress> {

    private static final long IPV4_MASK = 0xffff_ffffL;

    public IpAddress {
        requireNonNull(family, "family");
        if (family == IpFamily.IPV4 && (high != 0 || (low & ~IPV4_MASK) != 0)) {
            throw new IllegalArgumentException("An IPv4 address has 32 bits");
        }
    }

    /// The IPv4 address with these 32 bits.
    public static IpAddress ofIpv4(int bits) {
        return new IpAddress(IpFamily.IPV4, 0, bits & IPV4_MASK);
    }

    /// The address in network byte order.
    ///
    /// @throws IllegalArgumentException unless there are 4 or 16 octets
    public static IpAddress of(byte[] octets) {
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        return switch (octets.length) {
            case 4 -> ofIpv4(buffer.getInt());
            case 16 -> new IpAddress(IpFamily.IPV6, buffer.getLong(), buffer.getLong());
            default ->
                    throw new IllegalArgumentException(octets.length + " octets are no IP address");
        };
    }

    public static IpAddress of(InetAddress address) {
        return of(address.getAddress());
    }

    /// Parses the usual text forms of one address, strictly: no blanks, no leading zeros, no
    /// missing octets, no zone, no prefix length.
    ///
    /// @throws IllegalArgumentException with one line that names the text
    public static IpAddress parse(String text) {
        return IpText.address(text);
    }

    /// The address in network byte order, 4 or 16 octets.
    public byte[] octets() {
        return switch (family) {
            case IPV4 -> ByteBuffer.allocate(4).putInt((int) low).array();
            case IPV6 -> ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        };
    }

    public InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(octets());
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 octets are always an address", e);
        }
    }

    /// The address `offset` further on; `offset` is unsigned.
    ///
    /// @throws ArithmeticException past the last address of the family
    public IpAddress plus(long offset) {
        long sum = low + offset;
        boolean carry = Long.compareUnsigned(sum, low) < 0;
        if (family == IpFamily.IPV4) {
            if (carry || (sum & ~IPV4_MASK) != 0) {
                throw new ArithmeticException("No IPv4 address after 255.255.255.255");
            }
            return new IpAddress(family, 0, sum);
        }
        if (carry && high == -1L) {
            throw new ArithmeticException("No IPv6 address after ffff:...:ffff");
        }
        return new IpAddress(family, carry ? high + 1 : high, sum);
    }

    /// The next address. @throws ArithmeticException after the last one
    public IpAddress next() {
        return plus(1);
    }

    /// The address before. @throws ArithmeticException before the first one
    public IpAddress previous() {
        if (high == 0 && low == 0) {
            throw new ArithmeticException("No address before " + this);
        }
        return new IpAddress(family, low == 0 ? high - 1 : high, low - 1);
    }

    /// How many addresses lie from `first` to this one, saturated at `Long.MAX_VALUE`; negative
    /// never: `first` must not be greater.
    public long distanceFrom(IpAddress first) {
        if (first.family != family || first.compareTo(this) > 0) {
            throw new IllegalArgumentException(first + " is not before " + this);
        }
        long difference = low - first.low;
        boolean borrow = Long.compareUnsigned(low, first.low) < 0;
        long highDifference = high - first.high - (borrow ? 1 : 0);
        return highDifference != 0 || difference < 0 ? Long.MAX_VALUE : difference;
    }

    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    public boolean isLoopback() {
        return switch (family) {
            case IPV4 -> low >>> 24 == 127;
            case IPV6 -> high == 0 && low == 1;
        };
    }

    /// 224.0.0.0/4 or ff00::/8.
    public boolean isMulticast() {
        return switch (family) {
            case IPV4 -> low >>> 28 == 0xe;
            case IPV6 -> high >>> 56 == 0xff;
        };
    }

    /// 169.254.0.0/16 or fe80::/10.
    public boolean isLinkLocal() {
        return switch (family) {
            case IPV4 -> low >>> 16 == 0xa9fe;
            case IPV6 -> high >>> 54 == 0xfe80 >>> 6;
        };
    }

    /// As any record has it, but written out: the generated one is slow where it is not inlined,
    /// and addresses are what nearly all maps here go by.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress address
                && low == address.low
                && high == address.high
                && family == address.family;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(high) + Long.hashCode(low);
    }

    @Override
    public int compareTo(IpAddress other) {
        int byFamily = family.compareTo(other.family);
        if (byFamily != 0) {
            return byFamily;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /// Dotted decimal, or the canonical form of RFC 5952.
    @Override
    public String toString() {
        return IpText.text(this);
    }
}
