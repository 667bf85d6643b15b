package dev.twinstack.net;

/// An autonomous system number of four octets (RFC 6793). Zero can be held, because it arrives on
/// the wire, but is never a valid AS (RFC 7607): see [#isReserved].
public record Asn(long value) implements Comparable<Asn> {

    private static final long MAX = 0xffff_ffffL;

    /// What a four-octet number is replaced by towards a speaker of two octets (RFC 6793 section
    /// 9).
    public static final Asn AS_TRANS = new Asn(23456);

    public Asn {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException(
                    "AS number %d is not in 0..%d".formatted(value, MAX));
        }
    }

    /// Whether this is AS 0, which nobody may have (RFC 7607).
    public boolean isReserved() {
        return value == 0;
    }

    /// Whether the number fits into the two octets of the original protocol.
    public boolean fitsTwoOctets() {
        return value <= 0xffff;
    }

    @Override
    public int compareTo(Asn other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
