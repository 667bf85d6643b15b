package dev.twinstack.bfd.transport;

import dev.twinstack.bfd.BfdPath;
import dev.twinstack.net.IpAddress;
import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Sends a session's packets. Its socket is opened with the first packet that can be sent: address
/// and interface may come later than the session.
final class UdpOutput implements SessionRunner.Output {

    /// So many echo packets later the neighbour may have another hardware address.
    private static final int LOOK_AGAIN = 20;

    private final BfdPath path;
    private final RandomGenerator random;
    private final EchoPort echo;
    private @Nullable SendingSocket socket;
    private @Nullable IpAddress own;
    private int device;
    private byte @Nullable [] mac;
    private int unresolved;

    UdpOutput(BfdPath path, RandomGenerator random, EchoPort echo) {
        this.path = path;
        this.random = random;
        this.echo = echo;
    }

    @Override
    public void heardAt(IpAddress address, int interfaceIndex) {
        own = address;
        device = interfaceIndex;
    }

    @Override
    public Optional<String> send(byte[] octets) {
        try {
            SendingSocket open = socket;
            if (open == null) {
                int port = path.multihop() ? Listeners.MULTIHOP_PORT : Listeners.SINGLE_HOP_PORT;
                open = SendingSocket.open(path, port, random);
                socket = open;
            }
            int error = open.send(octets);
            return error == 0
                    ? Optional.empty()
                    : Optional.of("Can't send BFD to %s: %s".formatted(path, Libc.text(error)));
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<String> sendEcho(byte[] octets) {
        IpAddress from = own;
        if (from == null) {
            return Optional.of("nothing heard yet");
        }
        if (mac == null || unresolved++ % LOOK_AGAIN == 0) {
            mac = Neighbours.mac(path.remote()).orElse(mac);
        }
        byte[] to = mac;
        return to == null
                ? Optional.of("the hardware address of %s is not known".formatted(path.remote()))
                : echo.send(EchoFrame.encode(from, octets), device, to);
    }

    @Override
    public void close() {
        SendingSocket open = socket;
        if (open != null) {
            open.close();
        }
    }
}
