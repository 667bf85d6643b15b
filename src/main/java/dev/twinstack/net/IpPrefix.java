package dev.twinstack.net;

import static java.util.Objects.requireNonNull;

/// A network prefix: an address whose bits behind `length` are zero. Ordered by address, then
/// length.
public record IpPrefix(IpAddress address, int length) implements Comparable<IpPrefix> {

    public IpPrefix {
        requireNonNull(address, "address");
        if (length < 0 || length > address.family().bits()) {
            throw new IllegalArgumentException(
                    "Prefix length %d is not in 0..%d".formatted(length, address.family().bits()));
        }
        address = mask(address, length);
    }

    /// The prefix of the full length of its family: one address.
    public static IpPrefix host(IpAddress address) {
        return new IpPrefix(address, address.family().bits());
    }

    /// Parses `address/length`; bits behind the length are dropped.
    ///
    /// @throws IllegalArgumentException with one line that names the text
    public static IpPrefix parse(String text) {
        return IpText.prefix(text);
    }

    /// Parses `address/length`, or an address as the prefix of this one address.
    ///
    /// @throws IllegalArgumentException with one line that names the text
    public static IpPrefix parseOrHost(String text) {
        return text.contains("/") ? parse(text) : host(IpAddress.parse(text));
    }

    public IpFamily family() {
        return address.family();
    }

    public IpAddress first() {
        return address;
    }

    public IpAddress last() {
        int hostBits = family().bits() - length;
        return switch (family()) {
            case IPV4 -> new IpAddress(IpFamily.IPV4, 0, address.low() | ones(hostBits));
            case IPV6 ->
                    new IpAddress(
                            IpFamily.IPV6,
                            address.high() | ones(hostBits - 64),
                            address.low() | ones(hostBits));
        };
    }

    public IpRange range() {
        return new IpRange(first(), last());
    }

    public boolean contains(IpAddress other) {
        return other.family() == family() && mask(other, length).equals(address);
    }

    public boolean contains(IpPrefix other) {
        return other.length >= length && contains(other.address);
    }

    /// How many octets the prefix takes on the wire behind its length octet (RFC 4271 section 4.3).
    public int significantOctets() {
        return (length + 7) / 8;
    }

    private static IpAddress mask(IpAddress address, int length) {
        return switch (address.family()) {
            case IPV4 -> new IpAddress(IpFamily.IPV4, 0, address.low() & ~ones(32 - length));
            case IPV6 ->
                    new IpAddress(
                            IpFamily.IPV6,
                            address.high() & ~ones(64 - length),
                            address.low() & ~ones(128 - length));
        };
    }

    /// The lowest `count` bits set; nothing for a negative count, everything from 64 on.
    private static long ones(int count) {
        if (count <= 0) {
            return 0;
        }
        return count >= 64 ? -1L : (1L << count) - 1;
    }

    @Override
    public int compareTo(IpPrefix other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(length, other.length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
