package dev.twinstack.bfd.transport;

import dev.twinstack.bfd.BfdPath;
import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Sends a session's packets. Its socket is opened with the first packet that can be sent: address
/// and interface may come later than the session.
final class UdpOutput implements SessionRunner.Output {

    private final BfdPath path;
    private final RandomGenerator random;
    private @Nullable SendingSocket socket;

    UdpOutput(BfdPath path, RandomGenerator random) {
        this.path = path;
        this.random = random;
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
        return Optional.of("no echo");
    }

    @Override
    public void close() {
        SendingSocket open = socket;
        if (open != null) {
            open.close();
        }
    }
}
