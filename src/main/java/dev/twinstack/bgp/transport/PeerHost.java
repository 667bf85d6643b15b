package dev.twinstack.bgp.transport;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.ListenAddress;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.Restart;
import dev.twinstack.bgp.peer.PeerSession;
import dev.twinstack.bgp.rib.AdjRibOut;
import dev.twinstack.bgp.rib.RouteSink;
import dev.twinstack.net.IpAddress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A set of peers on one event loop. Methods that touch peers are called on the loop's thread, by
/// way of [#execute] and [#call]; all others from any.
public final class PeerHost {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Farewell.PATIENCE.plusSeconds(1);

    private final EpollEventLoopGroup group =
            new EpollEventLoopGroup(1, new DefaultThreadFactory("bgp", true));
    private final EventLoop loop = group.next();
    private final ChannelGroup connections = new DefaultChannelGroup(loop);
    private final Map<String, PeerRunner> peers = new LinkedHashMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final InstantSource clock = new MonotonicClock();
    private final RandomGenerator random = new SplittableRandom();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final BgpEvents events;
    private final Restart restart;
    private Consumer<IpAddress> strangers = _ -> {};

    /// @param events heard on the loop's thread
    /// @param restart what the peers are told about the time before
    public PeerHost(BgpEvents events, Restart restart) {
        Epoll.ensureAvailability();
        this.events = new GuardedEvents(events);
        this.restart = restart;
    }

    /// Runs something on the loop's thread, soon; never after [#close].
    public void execute(Runnable work) {
        if (!closed.get()) {
            loop.execute(work);
        }
    }

    /// Runs something on the loop's thread and waits for what it says.
    ///
    /// @throws IllegalStateException after [#close], or if the work fails
    public <T> T call(Callable<T> work) {
        try {
            return loop.inEventLoop()
                    ? work.call()
                    : loop.submit(work).get(CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the BGP loop", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The BGP loop failed", e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// Makes a session. There must be none of this name.
    ///
    /// @param begin how it begins: [PeerSession#start], if it is to be had now
    public void add(
            PeerSettings settings, AdjRibOut ribOut, RouteSink ribIn, Consumer<PeerSession> begin) {
        PeerRunner runner =
                new PeerRunner(
                        loop, connections, settings, ribOut, ribIn, events, clock, random, restart);
        if (peers.putIfAbsent(settings.name(), runner) != null) {
            throw new IllegalArgumentException("Two peers of the name " + settings.name());
        }
        setPasswords();
        runner.run(() -> begin.accept(runner.session()));
    }

    /// Forgets a session.
    ///
    /// @param end how it is ended
    public void remove(String name, Consumer<PeerSession> end) {
        PeerRunner runner = peers.remove(name);
        if (runner != null) {
            runner.run(() -> end.accept(runner.session()));
            setPasswords();
        }
    }

    /// Does something with the session of this name, if there is one.
    public void withSession(String name, Consumer<PeerSession> work) {
        PeerRunner runner = peers.get(name);
        if (runner != null) {
            runner.run(() -> work.accept(runner.session()));
        }
    }

    public List<PeerSession> sessions() {
        return peers.values().stream().map(PeerRunner::session).toList();
    }

    /// Sends the changed routes of one peer very soon.
    public void scheduleRoutes(String name) {
        PeerRunner runner = peers.get(name);
        if (runner != null) {
            runner.scheduleRoutes();
        }
    }

    /// Listens, in addition to where it does already.
    ///
    /// @return the address with the port that the kernel chose, if it was to
    /// @throws IOException if the address can't be had
    public ListenAddress listen(ListenAddress address) throws IOException {
        List<PeerSettings> known = call(this::settings);
        Listener listener = Listener.bind(loop, address, known, this::accept);
        execute(() -> {
            listeners.add(listener);
            setPasswords();
        });
        return listener.bound();
    }

    /// Listens there no longer. Connections that stand go on.
    ///
    /// @param bound what [#listen] said
    public void unlisten(ListenAddress bound) {
        execute(() ->
                listeners.removeIf(listener -> {
                    boolean isMeant = listener.bound().equals(bound);
                    if (isMeant) {
                        listener.close();
                    }
                    return isMeant;
                }));
    }

    /// Ends all sessions, waits a bounded time for the peers to read the last message, frees
    /// everything. Only the first call does something.
    ///
    /// @param end how each is ended
    public void close(Consumer<PeerSession> end) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        loop.execute(() -> {
            listeners.forEach(Listener::close);
            listeners.clear();
            List.copyOf(peers.keySet()).forEach(name -> remove(name, end));
        });
        call(() -> peers.size());
        connections.newCloseFuture().awaitUninterruptibly(CLOSE_TIMEOUT.toMillis());
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_TIMEOUT.toMillis());
    }

    /// What to do when somebody connects who is no peer: `strangers` may [#add] him. Otherwise he
    /// is turned away.
    public void onStranger(Consumer<IpAddress> strangers) {
        execute(() -> this.strangers = strangers);
    }

    private void accept(DuplexChannel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            turnAway(channel);
            return;
        }
        IpAddress address = IpAddress.of(remote.getAddress());
        Optional<PeerRunner> peer = peerAt(address);
        if (peer.isEmpty()) {
            strangers.accept(address);
            peer = peerAt(address);
        }
        peer.ifPresentOrElse(one -> one.accept(channel), () -> turnAway(channel));
    }

    private static void turnAway(Channel channel) {
        ChannelFuture _ = channel.close();
    }

    private Optional<PeerRunner> peerAt(IpAddress address) {
        return peers.values().stream()
                .filter(one -> one.session().settings().address().equals(address))
                .findFirst();
    }

    private void setPasswords() {
        listeners.forEach(listener -> listener.setPasswords(settings()));
    }

    private List<PeerSettings> settings() {
        return sessions().stream().map(PeerSession::settings).toList();
    }
}
