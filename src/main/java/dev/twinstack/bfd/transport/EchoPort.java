package dev.twinstack.bfd.transport;

import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.bfd.wire.EchoPacket;
import dev.twinstack.net.IpFamily;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one socket for all echo packets, opened for the first session that wants some.
final class EchoPort {

    private static final Logger log = LoggerFactory.getLogger(EchoPort.class);

    private static final int BATCH = 1024;

    private @Nullable EchoSocket socket;

    /// The settings, without echo where there can be none.
    BfdSettings possible(BfdSettings settings) {
        if (settings.echo().isEmpty()) {
            return settings;
        }
        Optional<String> obstacle = obstacle(settings);
        obstacle.ifPresent(reason ->
                log.atWarn()
                        .addKeyValue("peer", settings.path())
                        .addKeyValue("reason", reason)
                        .log("BFD without echo"));
        return obstacle.isPresent() ? settings.withoutEcho() : settings;
    }

    List<Integer> descriptors() {
        EchoSocket open = socket;
        return open == null ? List.of() : List.of(open.descriptor());
    }

    void read(Consumer<EchoPacket> returned) {
        EchoSocket open = socket;
        boolean more = open != null;
        for (int i = 0; i < BATCH && more && open != null; i++) {
            Optional<ByteBuffer> frame = open.receive();
            frame.flatMap(EchoFrame::decode).flatMap(EchoPacket::decode).ifPresent(returned);
            more = frame.isPresent();
        }
    }

    /// @return why it was not sent
    Optional<String> send(byte[] frame, int device, byte[] mac) {
        EchoSocket open = socket;
        if (open == null) {
            return Optional.of("no socket for BFD echo");
        }
        int error = open.send(frame, device, mac);
        return error == 0 ? Optional.empty() : Optional.of(Libc.text(error));
    }

    void close() {
        EchoSocket open = socket;
        if (open != null) {
            open.close();
        }
    }

    private Optional<String> obstacle(BfdSettings settings) {
        if (settings.path().remote().family() != IpFamily.IPV4) {
            return Optional.of("BFD echo is for IPv4 alone");
        }
        try {
            if (socket == null) {
                socket = EchoSocket.open();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
