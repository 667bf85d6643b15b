package dev.twinstack.bgp.wire;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prefixes as length octet and as many octets as the length needs (RFC 4271 section 4.3), behind a
/// path identifier of four octets where RFC 7911 is in use.
final class NlriCodec {

    private static final int PATH_ID_LENGTH = 4;

    private NlriCodec() {}

    /// All prefixes from `start` to before `end`; null if a length is over the bits of the family
    /// or a prefix overruns the field (RFC 7606 section 5.3). Bits behind the length are dropped.
    static @Nullable List<Nlri> decode(
            ByteBuf in, int start, int end, IpFamily family, boolean pathIds) {
        if (start == end) {
            return List.of();
        }
        int usual = 1 + family.octets() + (pathIds ? PATH_ID_LENGTH : 0);
        List<Nlri> decoded = new ArrayList<>((end - start) / usual + 1);
        int index = start;
        while (index < end) {
            long pathId = Nlri.NO_PATH_ID;
            if (pathIds) {
                if (end - index <= PATH_ID_LENGTH) {
                    return null;
                }
                pathId = in.getUnsignedInt(index);
                index += PATH_ID_LENGTH;
            }
            int length = in.getUnsignedByte(index++);
            int octets = (length + 7) >>> 3;
            if (length > family.bits() || octets > end - index) {
                return null;
            }
            decoded.add(new Nlri(prefix(in, index, family, length), pathId));
            index += octets;
        }
        return decoded;
    }

    private static IpPrefix prefix(ByteBuf in, int index, IpFamily family, int length) {
        int octets = (length + 7) >>> 3;
        return switch (family) {
            case IPV4 -> {
                long bits = leading(in, index, octets) >>> 32;
                yield new IpPrefix(
                        new IpAddress(IpFamily.IPV4, 0, bits & -1L << (32 - length)), length);
            }
            case IPV6 -> {
                long high = leading(in, index, Math.min(octets, 8));
                long low = octets <= 8 ? 0 : leading(in, index + 8, octets - 8);
                yield new IpPrefix(
                        new IpAddress(
                                IpFamily.IPV6,
                                high & mask(Math.min(length, 64)),
                                low & mask(length - 64)),
                        length);
            }
        };
    }

    /// Up to eight octets as the leading octets of a number.
    private static long leading(ByteBuf in, int index, int octets) {
        return switch (octets) {
            case 0 -> 0;
            case 4 -> (long) in.getInt(index) << 32;
            case 8 -> in.getLong(index);
            default -> {
                long bits = 0;
                for (int i = 0; i < octets; i++) {
                    bits |= (long) in.getUnsignedByte(index + i) << (56 - 8 * i);
                }
                yield bits;
            }
        };
    }

    /// The first `length` of 64 bits set; none for a negative length.
    private static long mask(int length) {
        return length <= 0 ? 0 : -1L << (64 - length);
    }

    static void encode(ByteBuf out, List<Nlri> prefixes, boolean pathIds) {
        for (int i = 0; i < prefixes.size(); i++) {
            Nlri nlri = prefixes.get(i);
            if (pathIds) {
                out.writeInt((int) Math.max(nlri.pathId(), 0));
            }
            encode(out, nlri.prefix());
        }
    }

    private static void encode(ByteBuf out, IpPrefix prefix) {
        IpAddress address = prefix.address();
        int octets = prefix.significantOctets();
        out.writeByte(prefix.length());
        switch (address.family()) {
            case IPV4 -> writeLeading(out, address.low() << 32, octets);
            case IPV6 -> {
                writeLeading(out, address.high(), Math.min(octets, 8));
                writeLeading(out, address.low(), octets - 8);
            }
        }
    }

    private static void writeLeading(ByteBuf out, long bits, int octets) {
        switch (octets) {
            case 4 -> out.writeInt((int) (bits >>> 32));
            case 8 -> out.writeLong(bits);
            default -> {
                for (int i = 0; i < octets; i++) {
                    out.writeByte((int) (bits >>> (56 - 8 * i)));
                }
            }
        }
    }

    /// How many octets a prefix takes on the wire.
    static int length(Nlri nlri, boolean pathIds) {
        return 1 + nlri.prefix().significantOctets() + (pathIds ? PATH_ID_LENGTH : 0);
    }

    /// How many octets all of them take.
    static int length(List<Nlri> prefixes, boolean pathIds) {
        int length = 0;
        for (int i = 0; i < prefixes.size(); i++) {
            length += length(prefixes.get(i), pathIds);
        }
        return length;
    }
}
