package dev.twinstack.bfd.transport;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Sends packets that are addressed to ourselves to a neighbour, and takes them back: an AF_PACKET
/// socket, because the kernel neither sends nor takes such packets itself. Belongs to one thread.
final class EchoSocket implements AutoCloseable {

    private static final int AF_PACKET = 17;
    private static final int IPV4_BIG_ENDIAN = 0x0008;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int EPERM = 1;
    private static final int ADDRESS_LENGTH = 20;
    private static final int MAC_LENGTH = 6;
    private static final int MAX_FRAME = 512;

    /// Code, jump if true, jump if false, operand: UDP, no fragment, to port 3785.
    private static final int[][] FILTER = {
        {0x30, 0, 0, 9},
        {0x15, 0, 6, 17},
        {0x28, 0, 0, 6},
        {0x45, 4, 0, 0x1fff},
        {0xb1, 0, 0, 0},
        {0x48, 0, 0, 2},
        {0x15, 0, 1, EchoFrame.PORT},
        {0x06, 0, 0, MAX_FRAME},
        {0x06, 0, 0, 0}
    };

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment frame = arena.allocate(MAX_FRAME);
    private final MemorySegment address = arena.allocate(ADDRESS_LENGTH, 8);
    private final int descriptor;

    private EchoSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    /// @throws IOException in words for people, if we may not
    static EchoSocket open() throws IOException {
        int descriptor = Libc.socket(AF_PACKET, Libc.SOCK_DGRAM | Libc.SOCK_FLAGS, IPV4_BIG_ENDIAN);
        if (descriptor == -EPERM) {
            throw new IOException("BFD echo needs the capability NET_RAW");
        }
        EchoSocket socket = new EchoSocket(Libc.orFail(descriptor, "No socket for BFD echo"));
        try {
            socket.attachFilter();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    int descriptor() {
        return descriptor;
    }

    /// @param device the index of the interface
    /// @param mac the neighbour's
    /// @return 0, or the error number
    int send(byte[] octets, int device, byte[] mac) {
        address.fill((byte) 0);
        address.set(JAVA_SHORT, 0, (short) AF_PACKET);
        address.set(JAVA_SHORT, 2, (short) IPV4_BIG_ENDIAN);
        address.set(JAVA_INT, 4, device);
        address.set(JAVA_BYTE, 11, (byte) MAC_LENGTH);
        MemorySegment.copy(mac, 0, address, JAVA_BYTE, 12, MAC_LENGTH);
        MemorySegment.copy(octets, 0, frame, JAVA_BYTE, 0, octets.length);
        return Math.max(0, -Libc.sendTo(descriptor, frame.asSlice(0, octets.length), address));
    }

    /// The next frame that waits, if one does.
    Optional<ByteBuffer> receive() {
        int length = Libc.read(descriptor, frame);
        return length <= 0
                ? Optional.empty()
                : Optional.of(ByteBuffer.wrap(frame.asSlice(0, length).toArray(JAVA_BYTE)));
    }

    private void attachFilter() throws IOException {
        MemorySegment program = arena.allocate(FILTER.length * 8L, 8);
        for (int i = 0; i < FILTER.length; i++) {
            long at = i * 8L;
            program.set(JAVA_SHORT, at, (short) FILTER[i][0]);
            program.set(JAVA_BYTE, at + 2, (byte) FILTER[i][1]);
            program.set(JAVA_BYTE, at + 3, (byte) FILTER[i][2]);
            program.set(JAVA_INT, at + 4, FILTER[i][3]);
        }
        MemorySegment filter = arena.allocate(16, 8);
        filter.set(JAVA_SHORT, 0, (short) FILTER.length);
        filter.set(ValueLayout.ADDRESS, 8, program);
        Libc.orFail(
                Libc.setOption(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, filter),
                "No filter for BFD echo");
    }

    @Override
    public void close() {
        Libc.close(descriptor);
        arena.close();
    }
}
