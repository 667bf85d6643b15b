package dev.twinstack.operator.speaker;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;

/// A peer that speaks BGP octet by octet: AS 64666, both families, hold time 90 s.
final class RawPeer implements AutoCloseable {

    static final int OPEN = 1;
    static final int UPDATE = 2;
    static final int NOTIFICATION = 3;
    private static final int KEEPALIVE_TYPE = 4;

    private static final String MARKER = "ff".repeat(16);
    private static final String KEEPALIVE = MARKER + "001304";

    /// AS 64666, hold time 90, identifier 192.0.2.66, multiprotocol of both families, 4-octet AS.
    private static final String OPEN_MESSAGE =
            MARKER
                    + "002f01"
                    + "04fc9a005ac0000242"
                    + "12"
                    + "0206"
                    + "010400010001"
                    + "0208"
                    + "010400020001"
                    + "0200";

    private static final int SOON_MILLIS = 30_000;

    private final ServerSocket listener;
    private Socket connection = new Socket();

    RawPeer() throws IOException {
        listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort()));
        listener.setSoTimeout(SOON_MILLIS);
    }

    int port() {
        return listener.getLocalPort();
    }

    /// Waits for the speaker to connect and brings the session up.
    void establish() throws IOException {
        handshake();
        // The speaker is established once it sends End-of-RIB or routes.
        awaitMessage(UPDATE);
    }

    /// Waits for the speaker to connect and says all that it needs for the session to come up.
    void handshake() throws IOException {
        connection = listener.accept();
        connection.setSoTimeout(SOON_MILLIS);
        awaitMessage(OPEN);
        send(OPEN_MESSAGE);
        awaitMessage(KEEPALIVE_TYPE);
        send(KEEPALIVE);
    }

    void send(String hex) throws IOException {
        connection.getOutputStream().write(HexFormat.of().parseHex(hex));
        connection.getOutputStream().flush();
    }

    /// Reads on until a message of this type.
    ///
    /// @return what stands behind its type, in hex
    String awaitMessage(int type) throws IOException {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        while (true) {
            in.skipNBytes(16);
            int length = in.readUnsignedShort();
            int found = in.readUnsignedByte();
            byte[] body = new byte[length - 19];
            in.readFully(body);
            if (found == type) {
                return HexFormat.of().formatHex(body);
            }
        }
    }

    /// Reads on until the speaker closes.
    void awaitClose() throws IOException {
        connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        connection.close();
    }

    @Override
    public void close() throws IOException {
        connection.close();
        listener.close();
    }

    /// A BGPPeer's port ends at 16384.
    private static int freePort() throws IOException {
        for (int port = 10179; port < 16384; port++) {
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (BindException e) {
                // taken: the next one
            }
        }
        throw new IOException("no free port below 16384");
    }
}
