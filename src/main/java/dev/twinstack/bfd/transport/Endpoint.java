package dev.twinstack.bfd.transport;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// An address with a port, as `sockaddr_in` and `sockaddr_in6`.
///
/// @param device the index of the interface that a link-local address is on; 0: none
record Endpoint(IpAddress address, int port, int device) {

    /// Of the larger one.
    static final int MAX_LENGTH = 28;

    private static final int IPV4_LENGTH = 16;

    private static final ValueLayout.OfShort PORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    static int domain(IpFamily family) {
        return switch (family) {
            case IPV4 -> Libc.AF_INET;
            case IPV6 -> Libc.AF_INET6;
        };
    }

    MemorySegment write(Arena arena) {
        IpFamily family = address.family();
        MemorySegment out =
                arena.allocate(
                        switch (family) {
                            case IPV4 -> IPV4_LENGTH;
                            case IPV6 -> MAX_LENGTH;
                        },
                        8);
        out.set(JAVA_SHORT, 0, (short) domain(family));
        out.set(PORT, 2, (short) port);
        byte[] octets = address.octets();
        switch (family) {
            case IPV4 -> MemorySegment.copy(octets, 0, out, JAVA_BYTE, 4, octets.length);
            case IPV6 -> {
                MemorySegment.copy(octets, 0, out, JAVA_BYTE, 8, octets.length);
                out.set(JAVA_INT, 24, device);
            }
        }
        return out;
    }

    /// @param in what the kernel wrote for a socket of this family
    static Endpoint read(MemorySegment in, IpFamily family) {
        int port = Short.toUnsignedInt(in.get(PORT, 2));
        return switch (family) {
            case IPV4 -> new Endpoint(address(in, 4, 4), port, 0);
            case IPV6 -> new Endpoint(address(in, 8, 16), port, in.get(JAVA_INT, 24));
        };
    }

    static IpAddress address(MemorySegment in, long offset, int length) {
        return IpAddress.of(in.asSlice(offset, length).toArray(JAVA_BYTE));
    }
}
