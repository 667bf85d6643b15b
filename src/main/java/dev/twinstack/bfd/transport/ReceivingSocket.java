package dev.twinstack.bfd.transport;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A UDP socket that tells with each datagram its TTL, interface and destination. Belongs to one
/// thread.
final class ReceivingSocket implements AutoCloseable {

    /// More than any BFD packet has; longer ones are cut off and then malformed or not for us.
    private static final int MAX_PAYLOAD = 512;

    private static final int CONTROL_LENGTH = 128;
    private static final int HEADER_LENGTH = 56;
    private static final int CONTROL_HEADER_LENGTH = 16;

    private static final int IP = 0;
    private static final int IP_TTL = 2;
    private static final int IP_PKTINFO = 8;
    private static final int IP_RECVTTL = 12;
    private static final int IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_RECVPKTINFO = 49;
    private static final int IPV6_PKTINFO = 50;
    private static final int IPV6_RECVHOPLIMIT = 51;
    private static final int IPV6_HOPLIMIT = 52;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment source = arena.allocate(Endpoint.MAX_LENGTH, 8);
    private final MemorySegment payload = arena.allocate(MAX_PAYLOAD);
    private final MemorySegment control = arena.allocate(CONTROL_LENGTH, 8);
    private final MemorySegment vector = arena.allocate(16, 8);
    private final MemorySegment header = arena.allocate(HEADER_LENGTH, 8);
    private final IpFamily family;
    private final int descriptor;

    private ReceivingSocket(IpFamily family, int descriptor) {
        this.family = family;
        this.descriptor = descriptor;
        vector.set(ValueLayout.ADDRESS, 0, payload);
        vector.set(JAVA_LONG, 8, MAX_PAYLOAD);
    }

    /// @throws IOException in words for people, if it can't be had
    static ReceivingSocket bind(IpAddress address, int port) throws IOException {
        IpFamily family = address.family();
        int descriptor =
                Libc.orFail(
                        Libc.socket(Endpoint.domain(family), Libc.SOCK_DGRAM | Libc.SOCK_FLAGS, 0),
                        "No socket for BFD");
        ReceivingSocket socket = new ReceivingSocket(family, descriptor);
        try {
            socket.setOptions();
            int bound = Libc.bind(descriptor, new Endpoint(address, port, 0).write(socket.arena));
            if (bound == -Libc.EADDRINUSE) {
                throw new IOException(
                        "UDP port %d at %s is taken: does another BFD daemon (FRR, BIRD) run here?"
                                .formatted(port, address));
            }
            Libc.orFail(bound, "Can't receive BFD at %s port %d".formatted(address, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    int descriptor() {
        return descriptor;
    }

    /// The next datagram that waits, if any does.
    ///
    /// @throws IOException if the socket is of no use any more
    Optional<Datagram> receive() throws IOException {
        header.fill((byte) 0);
        header.set(ValueLayout.ADDRESS, 0, source);
        header.set(JAVA_INT, 8, Endpoint.MAX_LENGTH);
        header.set(ValueLayout.ADDRESS, 16, vector);
        header.set(JAVA_LONG, 24, 1);
        header.set(ValueLayout.ADDRESS, 32, control);
        header.set(JAVA_LONG, 40, CONTROL_LENGTH);
        int length = Libc.receive(descriptor, header);
        if (length == -Libc.EAGAIN || length == -Libc.EINTR) {
            return Optional.empty();
        }
        Libc.orFail(length, "Can't receive BFD");
        return Optional.of(datagram(length));
    }

    private Datagram datagram(int length) {
        int ttl = 0;
        int device = 0;
        IpAddress destination = Endpoint.read(source, family).address();
        long end = Math.min(header.get(JAVA_LONG, 40), CONTROL_LENGTH);
        long at = 0;
        while (at + CONTROL_HEADER_LENGTH <= end) {
            long size = control.get(JAVA_LONG, at);
            int level = control.get(JAVA_INT, at + 8);
            int type = control.get(JAVA_INT, at + 12);
            long data = at + CONTROL_HEADER_LENGTH;
            if ((level == IP && type == IP_TTL) || (level == IPV6 && type == IPV6_HOPLIMIT)) {
                ttl = control.get(JAVA_INT, data);
            } else if (level == IP && type == IP_PKTINFO) {
                device = control.get(JAVA_INT, data);
                destination = Endpoint.address(control, data + 8, 4);
            } else if (level == IPV6 && type == IPV6_PKTINFO) {
                destination = Endpoint.address(control, data, 16);
                device = control.get(JAVA_INT, data + 16);
            }
            at += Math.max(CONTROL_HEADER_LENGTH, (size + 7) & ~7L);
        }
        byte[] octets = payload.asSlice(0, length).toArray(JAVA_BYTE);
        return new Datagram(
                Endpoint.read(source, family).address(),
                destination,
                device,
                ttl,
                ByteBuffer.wrap(octets));
    }

    private void setOptions() throws IOException {
        switch (family) {
            case IPV4 -> {
                set(IP, IP_RECVTTL, 1);
                set(IP, IP_PKTINFO, 1);
            }
            case IPV6 -> {
                set(IPV6, IPV6_V6ONLY, 1);
                set(IPV6, IPV6_RECVHOPLIMIT, 1);
                set(IPV6, IPV6_RECVPKTINFO, 1);
            }
        }
    }

    private void set(int level, int option, int value) throws IOException {
        Libc.orFail(
                Libc.setOption(descriptor, level, option, arena.allocateFrom(JAVA_INT, value)),
                "No option %d/%d of a BFD socket".formatted(level, option));
    }

    @Override
    public void close() {
        Libc.close(descriptor);
        arena.close();
    }
}
