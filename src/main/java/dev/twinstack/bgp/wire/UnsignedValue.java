package dev.twinstack.bgp.wire;

/// The range of attributes that are one number of 32 bits.
final class UnsignedValue {

    static final int LENGTH = 4;

    private UnsignedValue() {}

    static void check(long value) {
        if (value < 0 || value > 0xffff_ffffL) {
            throw new IllegalArgumentException("Not a number of 32 bits: " + value);
        }
    }
}
