package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable run of octets that is compared by content: data we keep without understanding it.
public final class Octets {

    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] octets;

    private Octets(byte[] octets) {
        this.octets = octets;
    }

    /// A copy of these octets.
    public static Octets of(byte... octets) {
        return octets.length == 0 ? EMPTY : new Octets(octets.clone());
    }

    /// @throws IllegalArgumentException for anything but an even number of hex digits
    public static Octets parseHex(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /// A copy of the octets from `start` to before `end`.
    static Octets read(ByteBuf in, int start, int end) {
        if (start == end) {
            return EMPTY;
        }
        byte[] octets = new byte[end - start];
        in.getBytes(start, octets);
        return new Octets(octets);
    }

    void write(ByteBuf out) {
        out.writeBytes(octets);
    }

    public int length() {
        return octets.length;
    }

    public boolean isEmpty() {
        return octets.length == 0;
    }

    /// The octet at `index` as an unsigned number.
    public int at(int index) {
        return octets[index] & 0xff;
    }

    public byte[] toArray() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /// Lower-case hex digits.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
