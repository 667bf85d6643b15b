package dev.twinstack.bgp.testing;

import dev.twinstack.bgp.peer.Network;
import dev.twinstack.bgp.session.Link;
import dev.twinstack.net.IpAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Connections that exist in memory only: what is written is kept, nothing happens by itself.
public final class FakeNetwork implements Network {

    private final List<Link> attempts = new ArrayList<>();
    private final Set<Link> closed = new HashSet<>();
    private final Map<Link, ByteBuf> written = new HashMap<>();
    private IpAddress local = IpAddress.parse("10.9.0.1");
    private boolean writable = true;
    private Runnable onFlush = () -> {};

    @Override
    public void connect(Link link) {
        attempts.add(link);
    }

    @Override
    public void write(Link link, ByteBuf message) {
        written.computeIfAbsent(link, _ -> Unpooled.buffer()).writeBytes(message);
        message.release();
    }

    @Override
    public void flush(Link link) {
        onFlush.run();
    }

    @Override
    public void close(Link link) {
        closed.add(link);
    }

    @Override
    public boolean isWritable(Link link) {
        return writable;
    }

    @Override
    public Optional<IpAddress> localAddress(Link link) {
        return Optional.of(local);
    }

    public void setLocalAddress(String address) {
        local = IpAddress.parse(address);
    }

    public void setWritable(boolean writable) {
        this.writable = writable;
    }

    /// What happens within each flush from now on.
    public void onFlush(Runnable happens) {
        onFlush = happens;
    }

    /// The latest attempt to connect.
    public Link latestAttempt() {
        return attempts.getLast();
    }

    public int attempts() {
        return attempts.size();
    }

    public boolean isClosed(Link link) {
        return closed.contains(link);
    }

    /// What was written on this connection and not taken yet; the caller may read it.
    public ByteBuf written(Link link) {
        return written.computeIfAbsent(link, _ -> Unpooled.buffer());
    }
}
