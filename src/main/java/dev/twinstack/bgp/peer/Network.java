package dev.twinstack.bgp.peer;

import dev.twinstack.bgp.session.Link;
import dev.twinstack.net.IpAddress;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// What a [PeerSession] needs from the world of sockets. Nothing here blocks or throws; what
/// becomes of it is reported back to the session.
public interface Network {

    /// Start to open a connection to the peer; ends in [PeerSession#connected] or
    /// [PeerSession#connectFailed].
    void connect(Link link);

    /// Queue one message, which the callee releases. Ignored when the connection is gone.
    void write(Link link, ByteBuf message);

    /// Send what is queued.
    void flush(Link link);

    /// Close once everything queued is out, or after a short while; say no more about it.
    void close(Link link);

    /// Whether the peer reads fast enough to queue more routes.
    boolean isWritable(Link link);

    /// Our end of an open connection.
    Optional<IpAddress> localAddress(Link link);
}
