package dev.twinstack.bgp.transport;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.Restart;
import dev.twinstack.bgp.peer.Network;
import dev.twinstack.bgp.peer.PeerSession;
import dev.twinstack.bgp.rib.AdjRibOut;
import dev.twinstack.bgp.rib.RouteSink;
import dev.twinstack.bgp.session.Link;
import dev.twinstack.net.IpAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one [PeerSession] on the event loop: its connections, its timer. All methods are called on
/// the loop's thread.
final class PeerRunner implements Network {

    private static final Logger log = LoggerFactory.getLogger(PeerRunner.class);

    /// So many connections that the peer opened may there be, those that are being closed included:
    /// it can't use up our sockets by calling again and again.
    static final int MAX_INCOMING = 16;

    /// A timer that fails each time must not keep the loop busy.
    private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final ChannelGroup open;
    private final PeerSession session;
    private final InstantSource clock;
    private final Map<Link, Connection> connections = new HashMap<>();
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable Instant timerAt;
    private boolean routesScheduled;
    private long accepted;
    private int incoming;

    private record Connection(DuplexChannel channel, LinkHandler handler) {}

    PeerRunner(
            EventLoop loop,
            ChannelGroup open,
            PeerSettings settings,
            AdjRibOut ribOut,
            RouteSink ribIn,
            BgpEvents events,
            InstantSource clock,
            RandomGenerator random,
            Restart restart) {
        this.loop = loop;
        this.open = open;
        this.clock = clock;
        this.session =
                new PeerSession(settings, ribOut, ribIn, this, events, clock, random, restart);
    }

    PeerSession session() {
        return session;
    }

    /// Does something with the session and minds its timer afterwards. A mistake of ours costs the
    /// present connections of this session, and nothing else.
    void run(Runnable work) {
        Duration wait = Duration.ZERO;
        try {
            work.run();
        } catch (RuntimeException e) {
            wait = AFTER_ERROR;
            abandon(e);
        } finally {
            reschedule(wait);
        }
    }

    private void abandon(RuntimeException mistake) {
        log.atError()
                .addKeyValue("peer", session.settings().name())
                .setCause(mistake)
                .log("Internal error in a BGP session");
        try {
            List.copyOf(connections.keySet()).forEach(session::broken);
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("peer", session.settings().name())
                    .setCause(e)
                    .log("Cannot reset a BGP session");
        }
    }

    /// Sends what changed, after the tasks that already wait: many small changes share UPDATEs.
    void scheduleRoutes() {
        if (!routesScheduled) {
            routesScheduled = true;
            loop.execute(() -> {
                routesScheduled = false;
                run(session::sendRoutes);
            });
        }
    }

    /// Takes a connection that the peer opened, or closes it at once if there are too many. Called
    /// before the channel becomes active.
    void accept(DuplexChannel channel) {
        if (incoming >= MAX_INCOMING) {
            ChannelFuture _ = channel.close();
            return;
        }
        incoming++;
        channel.closeFuture().addListener(_ -> incoming--);
        accepted++;
        Link link = Link.incoming(accepted);
        SocketOptions.apply(channel, session.settings());
        channel.pipeline().addLast(register(link, channel, () -> session.accepted(link)));
    }

    @Override
    public void connect(Link link) {
        PeerSettings settings = session.settings();
        EpollSocketChannel channel;
        try {
            channel = socket(settings);
        } catch (ChannelException e) {
            session.connectFailed(link, Troubles.failure(e), Troubles.text(e));
            return;
        }
        ChannelFuture connecting =
                new Bootstrap()
                        .group(loop)
                        .channelFactory(() -> channel)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                        .handler(register(link, channel, () -> session.connected(link)))
                        .connect(remote(settings), source(settings));
        connecting.addListener(future -> {
            if (!future.isSuccess() && connections.remove(link) != null) {
                Throwable cause = future.cause();
                run(() ->
                        session.connectFailed(link, Troubles.failure(cause), Troubles.text(cause)));
            }
        });
    }

    @Override
    public void write(Link link, ByteBuf message) {
        Connection connection = connections.get(link);
        if (connection == null) {
            message.release();
        } else {
            ChannelFuture _ =
                    connection.channel().write(message, connection.channel().voidPromise());
        }
    }

    @Override
    public void flush(Link link) {
        Connection connection = connections.get(link);
        if (connection != null) {
            connection.channel().flush();
        }
    }

    @Override
    public void close(Link link) {
        Connection connection = connections.remove(link);
        if (connection != null) {
            connection.handler().mute();
            Farewell.close(connection.channel());
        }
    }

    @Override
    public boolean isWritable(Link link) {
        Connection connection = connections.get(link);
        return connection != null && connection.channel().isWritable();
    }

    @Override
    public Optional<IpAddress> localAddress(Link link) {
        Connection connection = connections.get(link);
        return connection != null
                        && connection.channel().localAddress() instanceof InetSocketAddress local
                ? Optional.of(IpAddress.of(local.getAddress()))
                : Optional.empty();
    }

    private LinkHandler register(Link link, DuplexChannel channel, Runnable active) {
        LinkHandler handler = new LinkHandler(new LinkOwner(link, active));
        connections.put(link, new Connection(channel, handler));
        open.add(channel);
        return handler;
    }

    /// @throws ChannelException if the system has no more sockets, or doesn't take an option
    private static EpollSocketChannel socket(PeerSettings settings) {
        EpollSocketChannel channel =
                new EpollSocketChannel(Protocols.of(settings.address().family()));
        try {
            SocketOptions.apply(channel, settings);
            SocketOptions.setMd5(channel, SocketOptions.md5(settings));
            return channel;
        } catch (ChannelException e) {
            channel.unsafe().closeForcibly();
            throw e;
        }
    }

    /// @param wait at least so long until the next tick
    private void reschedule(Duration wait) {
        Instant earliest = clock.instant().plus(wait);
        Instant next =
                session.nextDeadline()
                        .map(due -> due.isBefore(earliest) ? earliest : due)
                        .orElse(null);
        if (next == null ? timerAt == null : next.equals(timerAt)) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timerAt = next;
        timer =
                next == null
                        ? null
                        : loop.schedule(
                                this::tick,
                                Duration.between(clock.instant(), next).toNanos(),
                                TimeUnit.NANOSECONDS);
    }

    private void tick() {
        timerAt = null;
        run(session::tick);
    }

    private static InetSocketAddress remote(PeerSettings settings) {
        return new InetSocketAddress(settings.address().toInetAddress(), settings.port());
    }

    private static @Nullable SocketAddress source(PeerSettings settings) {
        return settings.sourceAddress()
                .map(address -> new InetSocketAddress(address.toInetAddress(), 0))
                .orElse(null);
    }

    /// News of one connection.
    private final class LinkOwner implements LinkHandler.Owner {

        private final Link link;
        private final Runnable active;

        LinkOwner(Link link, Runnable active) {
            this.link = link;
            this.active = active;
        }

        @Override
        public void active() {
            run(active);
        }

        @Override
        public void octets(ByteBuf in) {
            run(() -> session.received(link, in));
        }

        @Override
        public void closed(String detail) {
            connections.remove(link);
            run(() -> session.closed(link, detail));
        }

        @Override
        public void writable() {
            run(session::writable);
        }
    }
}
