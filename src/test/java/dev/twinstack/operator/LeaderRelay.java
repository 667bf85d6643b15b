package dev.twinstack.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/// A port that leads to whoever leads when a connection is opened, as the webhooks' Service does by
/// the leader's label. Connections that are open stay where they are.
final class LeaderRelay implements AutoCloseable {

    private final ServerSocket server;
    private final IntSupplier target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /// @param target the port to connect to, 0 for none
    LeaderRelay(int port, IntSupplier target) {
        this.target = target;
        try {
            this.server = new ServerSocket(port, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /// Nobody answers from now on until [#mend].
    void cut() {
        cut = true;
        open.forEach(LeaderRelay::close);
    }

    void mend() {
        cut = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        int port = cut ? 0 : target.getAsInt();
        try {
            if (port == 0) {
                close(client);
                return;
            }
            Socket leader = new Socket(InetAddress.getLoopbackAddress(), port);
            open.add(client);
            open.add(leader);
            Thread.ofVirtual().start(() -> copy(client, leader));
            copy(leader, client);
        } catch (IOException e) {
            close(client);
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The other side is gone, and both ends are closed now.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
