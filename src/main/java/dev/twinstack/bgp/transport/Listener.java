package dev.twinstack.bgp.transport;

import dev.twinstack.bgp.ListenAddress;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A socket where peers can connect. It serves one family, so that `0.0.0.0` and `::` can be had
/// side by side, and knows the passwords of all peers.
final class Listener {

    private static final Logger log = LoggerFactory.getLogger(Listener.class);

    private static final int BACKLOG = 128;

    private final Channel channel;
    private final IpFamily family;
    private final PrefixKeys prefixKeys;
    private Map<InetAddress, byte[]> keys;

    private Listener(Channel channel, IpFamily family, Map<InetAddress, byte[]> keys) {
        this.channel = channel;
        this.family = family;
        this.keys = keys;
        this.prefixKeys = new PrefixKeys(channel);
    }

    /// The hop limit of the listening socket is that of its SYN-ACKs: 255, or peers with TTL
    /// security would never see one.
    ///
    /// @param known whose passwords are to be in place from the first moment
    /// @param peers gets each connection before it becomes active, or closes it
    static Listener bind(
            EventLoop loop,
            ListenAddress address,
            List<PeerSettings> known,
            Consumer<DuplexChannel> peers)
            throws IOException {
        IpFamily family = address.address().family();
        Map<InetAddress, byte[]> keys = SocketOptions.md5(known, family);
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loop)
                        .channelFactory(() -> new EpollServerSocketChannel(Protocols.of(family)))
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(SocketOptions.hops(family), SocketOptions.MAX_HOPS)
                        .childHandler(
                                new ChannelInitializer<EpollSocketChannel>() {
                                    @Override
                                    protected void initChannel(EpollSocketChannel child) {
                                        peers.accept(child);
                                    }
                                });
        if (family == IpFamily.IPV6) {
            bootstrap.option(SocketOptions.IPV6_V6ONLY, 1);
        }
        if (!keys.isEmpty()) {
            bootstrap.option(EpollChannelOption.TCP_MD5SIG, keys);
        }
        ChannelFuture bound = bootstrap.bind(address.toSocketAddress()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "Can't listen for BGP at %s: %s"
                            .formatted(address, Troubles.text(bound.cause())),
                    bound.cause());
        }
        return new Listener(bound.channel(), family, keys);
    }

    ListenAddress bound() {
        InetSocketAddress local = (InetSocketAddress) channel.localAddress();
        return new ListenAddress(IpAddress.of(local.getAddress()), local.getPort());
    }

    /// Sets the keys of all peers of the family. Without its key a peer with a password can't
    /// connect, the others can.
    void setPasswords(Iterable<PeerSettings> peers) {
        Map<InetAddress, byte[]> wanted = SocketOptions.md5(peers, family);
        try {
            if (!wanted.isEmpty() || !keys.isEmpty()) {
                SocketOptions.setMd5(channel, wanted);
                keys = wanted;
            }
            prefixKeys.set(PrefixKeys.of(peers, family));
        } catch (ChannelException e) {
            log.atWarn()
                    .addKeyValue("address", bound())
                    .addKeyValue("reason", Troubles.text(e))
                    .log("Passwords of BGP peers can't be set on the listening socket");
        }
    }

    void close() {
        ChannelFuture _ = channel.close();
    }
}
