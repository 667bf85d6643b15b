package dev.twinstack.bfd.transport;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.twinstack.bfd.BfdPath;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.NetworkInterface;
import java.util.random.RandomGenerator;

/// The socket that one session sends from: a source port of its own in 49152..65535 that stays the
/// same, TTL 255, network control class (RFC 5881 sections 4 and 5). Belongs to one thread.
final class SendingSocket implements AutoCloseable {

    private static final int FIRST_PORT = 49152;
    private static final int PORTS = 16384;
    private static final int ATTEMPTS = 64;
    private static final int MAX_PAYLOAD = 512;

    private static final int HOPS = 255;
    private static final int NETWORK_CONTROL = 0xc0;
    private static final int SMALLEST_BUFFER = 2304;

    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int IP = 0;
    private static final int IP_TOS = 1;
    private static final int IP_TTL = 2;
    private static final int IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPV6_TCLASS = 67;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment payload = arena.allocate(MAX_PAYLOAD);
    private final MemorySegment remote;
    private final int descriptor;

    private SendingSocket(int descriptor, Endpoint remote) {
        this.descriptor = descriptor;
        this.remote = remote.write(arena);
    }

    /// @throws IOException in words for people, if there is no such address or interface here
    static SendingSocket open(BfdPath path, int port, RandomGenerator random) throws IOException {
        IpFamily family = path.remote().family();
        int device = device(path);
        int descriptor =
                Libc.orFail(
                        Libc.socket(Endpoint.domain(family), Libc.SOCK_DGRAM | Libc.SOCK_FLAGS, 0),
                        "No socket for BFD");
        SendingSocket socket =
                new SendingSocket(descriptor, new Endpoint(path.remote(), port, device));
        try {
            socket.setOptions(family);
            socket.bind(path.local().orElseGet(() -> any(family)), device, random);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// @return 0, or the error number
    int send(byte[] octets) {
        MemorySegment.copy(octets, 0, payload, JAVA_BYTE, 0, octets.length);
        int sent = Libc.sendTo(descriptor, payload.asSlice(0, octets.length), remote);
        return Math.max(0, -sent);
    }

    static IpAddress any(IpFamily family) {
        return switch (family) {
            case IPV4 -> IpAddress.ofIpv4(0);
            case IPV6 -> new IpAddress(IpFamily.IPV6, 0, 0);
        };
    }

    /// The index of the path's interface; 0 if it has none.
    static int device(BfdPath path) throws IOException {
        if (path.device().isEmpty()) {
            return 0;
        }
        NetworkInterface device = NetworkInterface.getByName(path.device().get());
        if (device == null) {
            throw new IOException("There is no interface " + path.device().get());
        }
        return device.getIndex();
    }

    private void bind(IpAddress local, int device, RandomGenerator random) throws IOException {
        int zone = local.isLinkLocal() ? device : 0;
        int bound = -Libc.EADDRINUSE;
        for (int attempt = 0; attempt < ATTEMPTS && bound == -Libc.EADDRINUSE; attempt++) {
            int port = FIRST_PORT + random.nextInt(PORTS);
            bound = Libc.bind(descriptor, new Endpoint(local, port, zone).write(arena));
        }
        Libc.orFail(bound, "Can't send BFD from " + local);
    }

    private void setOptions(IpFamily family) throws IOException {
        set(SOL_SOCKET, SO_RCVBUF, SMALLEST_BUFFER);
        switch (family) {
            case IPV4 -> {
                set(IP, IP_TTL, HOPS);
                set(IP, IP_TOS, NETWORK_CONTROL);
            }
            case IPV6 -> {
                set(IPV6, IPV6_V6ONLY, 1);
                set(IPV6, IPV6_UNICAST_HOPS, HOPS);
                set(IPV6, IPV6_TCLASS, NETWORK_CONTROL);
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
