package dev.twinstack.bfd.transport;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.nio.ByteBuffer;
import java.util.Optional;

/// An echo packet with its UDP and IPv4 headers: from us to ourselves, so that the neighbour's
/// forwarding sends it back (RFC 5881 section 4).
final class EchoFrame {

    static final int PORT = 3785;

    private static final int IP_LENGTH = 20;
    private static final int UDP_LENGTH = 8;
    private static final int UDP = 17;
    private static final int SOURCE_PORT = 49152;
    private static final int TTL = 255;
    private static final int NETWORK_CONTROL = 0xc0;
    private static final int FRAGMENT = 0x3fff;

    private EchoFrame() {}

    /// @param own our IPv4 address on the link
    static byte[] encode(IpAddress own, byte[] payload) {
        int length = IP_LENGTH + UDP_LENGTH + payload.length;
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put((byte) 0x45).put((byte) NETWORK_CONTROL).putShort((short) length);
        out.putInt(0).put((byte) TTL).put((byte) UDP).putShort((short) 0);
        out.put(own.octets()).put(own.octets());
        out.putShort(10, checksum(out));
        out.putShort((short) SOURCE_PORT).putShort((short) PORT);
        // Checksum 0: IPv4 lets it be left out.
        out.putShort((short) (UDP_LENGTH + payload.length)).putShort((short) 0);
        return out.put(payload).array();
    }

    /// What came back; nothing if these octets are no echo of ours: one hop is behind it.
    static Optional<ByteBuffer> decode(ByteBuffer in) {
        if (in.remaining() < IP_LENGTH || in.get(0) >> 4 != 4) {
            return Optional.empty();
        }
        int header = (in.get(0) & 0xf) * 4;
        boolean isWhole = (in.getShort(6) & FRAGMENT) == 0;
        boolean isReturned = Byte.toUnsignedInt(in.get(8)) == TTL - 1;
        if (header < IP_LENGTH
                || in.remaining() < header + UDP_LENGTH
                || in.get(9) != UDP
                || !isWhole
                || !isReturned
                || !address(in, 12).equals(address(in, 16))
                || Short.toUnsignedInt(in.getShort(header + 2)) != PORT) {
            return Optional.empty();
        }
        int length = Short.toUnsignedInt(in.getShort(header + 4));
        return length < UDP_LENGTH || header + length > in.remaining()
                ? Optional.empty()
                : Optional.of(in.slice(header + UDP_LENGTH, length - UDP_LENGTH));
    }

    private static IpAddress address(ByteBuffer in, int at) {
        return new IpAddress(IpFamily.IPV4, 0, Integer.toUnsignedLong(in.getInt(at)));
    }

    private static short checksum(ByteBuffer header) {
        int sum = 0;
        for (int at = 0; at < IP_LENGTH; at += 2) {
            sum += Short.toUnsignedInt(header.getShort(at));
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
