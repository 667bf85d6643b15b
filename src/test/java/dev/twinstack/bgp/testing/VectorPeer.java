package dev.twinstack.bgp.testing;

import dev.twinstack.bgp.wire.BgpDecoder;
import dev.twinstack.bgp.wire.BgpEncoder;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.Decoded;
import dev.twinstack.bgp.wire.KeepaliveMessage;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.WireOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// A peer over real TCP that sends whatever octets it is told to. Blocking; one thread.
public final class VectorPeer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final WireOptions options;
    private final ByteBuf in = Unpooled.buffer();
    private final List<BgpMessage> heard = new ArrayList<>();
    private boolean ended;

    /// Connects from an address of its own, by which the router knows it.
    public VectorPeer(InetAddress own, InetSocketAddress router, WireOptions options)
            throws IOException {
        this.options = options;
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(own, 0));
        socket.connect(router, PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    public void send(BgpMessage message) {
        ByteBuf out = Unpooled.buffer();
        BgpEncoder.encode(message, out, options);
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        send(octets);
    }

    /// A router that has closed already is no error: what it said is still to be read.
    public void send(byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
        } catch (IOException e) {
            // read on
        }
    }

    /// Waits for the answer to an OPEN.
    ///
    /// @return whether it was accepted
    public boolean awaitKeepalive() {
        read(PATIENCE_MILLIS, () -> heard.contains(KeepaliveMessage.INSTANCE));
        return heard.contains(KeepaliveMessage.INSTANCE);
    }

    /// Reads what has come within this time.
    public void look(int millis) {
        read(millis, () -> false);
    }

    /// Reads on to the router's end of the connection.
    public void awaitEnd() {
        read(PATIENCE_MILLIS, () -> false);
    }

    /// Whether the router has ended the connection.
    public boolean ended() {
        return ended;
    }

    /// Why it has, if it said so.
    public Optional<NotificationMessage> notification() {
        return heard.stream()
                .filter(NotificationMessage.class::isInstance)
                .map(NotificationMessage.class::cast)
                .findFirst();
    }

    private void read(int millis, BooleanSupplier enough) {
        byte[] octets = new byte[65536];
        long end = System.nanoTime() + millis * 1_000_000L;
        while (!ended && !enough.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000L;
            if (left <= 0) {
                return;
            }
            try {
                socket.setSoTimeout((int) left);
                int count = socket.getInputStream().read(octets);
                if (count < 0) {
                    ended = true;
                } else {
                    in.writeBytes(octets, 0, count);
                    decode();
                }
            } catch (SocketTimeoutException e) {
                return;
            } catch (IOException e) {
                ended = true;
            }
        }
    }

    private void decode() {
        while (true) {
            switch (BgpDecoder.decode(in, options)) {
                case Decoded.Message(BgpMessage message) -> heard.add(message);
                case Decoded.Incomplete _ -> {
                    return;
                }
                case Decoded.Repaired repaired ->
                        throw new AssertionError("The router sent " + repaired);
                case Decoded.SessionError error ->
                        throw new AssertionError("The router sent " + error);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
