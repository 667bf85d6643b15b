package dev.twinstack.bgp.peer;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.Restart;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.bgp.rib.AdjRibOut;
import dev.twinstack.bgp.rib.RouteSink;
import dev.twinstack.bgp.session.Agreement;
import dev.twinstack.bgp.session.ConnectFailure;
import dev.twinstack.bgp.session.Link;
import dev.twinstack.bgp.session.Negotiated;
import dev.twinstack.bgp.session.SessionAction;
import dev.twinstack.bgp.session.SessionEvent;
import dev.twinstack.bgp.session.SessionFsm;
import dev.twinstack.bgp.session.Step;
import dev.twinstack.bgp.wire.BgpDecoder;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.Decoded;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.RouteRefreshMessage;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.bgp.wire.WireOptions;
import dev.twinstack.net.IpPrefix;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// One neighbour: turns octets and timer ticks into events, carries out the state machine's actions
/// on a [Network], keeps routes, counters and the last error.
///
/// Not thread-safe: one thread owns it. After every call, [#nextDeadline] may have changed.
public final class PeerSession {

    private final Network network;
    private final BgpEvents events;
    private final InstantSource clock;
    private final AdjRibOut ribOut;
    private final History history = new History();
    private final RouteSender sender;
    private final RouteReceiver receiver;
    private final Draining draining;
    private final Queue<SessionEvent> queue = new ArrayDeque<>();
    private PeerSettings settings;
    private SessionFsm fsm;
    private Instant since;
    private boolean busy;

    /// @param ribOut the routes of this peer, kept by the owner over a change of settings
    /// @param events wrapped so that it does not throw
    public PeerSession(
            PeerSettings settings,
            AdjRibOut ribOut,
            RouteSink ribIn,
            Network network,
            BgpEvents events,
            InstantSource clock,
            RandomGenerator random,
            Restart restart) {
        this.settings = settings;
        this.ribOut = ribOut;
        this.network = network;
        this.events = events;
        this.clock = clock;
        this.sender = new RouteSender(ribOut, network, history, clock);
        this.receiver = new RouteReceiver(ribIn, history, settings);
        this.draining = new Draining(sender, clock, this::stop);
        this.fsm = SessionFsm.of(settings, random, restart);
        this.since = clock.instant();
    }

    public PeerSettings settings() {
        return settings;
    }

    public void start() {
        handle(new SessionEvent.Start());
    }

    /// Ends the session for good: the peer drops our routes.
    public void stop(NotificationMessage farewell) {
        handle(new SessionEvent.Stop(farewell, true));
    }

    /// Ends the session until we come back: a peer that agreed to keep our routes does so, any
    /// other is told the same as by [#stop].
    public void leave(NotificationMessage farewell) {
        handle(new SessionEvent.Stop(farewell, false));
    }

    /// Whether the peer keeps our routes while we restart.
    public boolean keepsRoutes() {
        return fsm.negotiated()
                .map(Negotiated::agreement)
                .filter(Agreement::keepsRoutes)
                .isPresent();
    }

    /// Says something else with the routes from now on; the session goes on.
    ///
    /// @param changed as before in all that is not [PeerSettings#export]
    public void export(PeerSettings changed) {
        settings = changed;
        draining.change(settings);
        sendRoutes();
    }

    /// Takes the traffic away, then ends the session for good: all routes are sent again with
    /// GRACEFUL_SHUTDOWN, after the settings' drain time they are withdrawn, then comes the
    /// farewell. Where there are no routes, or no session, the end comes at once. The session stays
    /// away until [#undrain].
    ///
    /// @param time its limit holds for a drain under way too
    /// @param done called at the end, or when the drain is taken back
    public void drain(NotificationMessage farewell, DrainTime time, Runnable done) {
        draining.begin(settings, farewell, time, done);
        sendRoutes();
    }

    /// The node is wanted again: routes are sent unmarked, a session that was ended is started.
    public void undrain() {
        if (draining.undo(settings)) {
            start();
        } else {
            sendRoutes();
        }
    }

    /// The time of [#nextDeadline] has come.
    public void tick() {
        sender.stuck()
                .ifPresent(link ->
                        handle(
                                new SessionEvent.GivenUp(
                                        link,
                                        new NotificationMessage(ErrorCode.SEND_HOLD_TIMER_EXPIRED),
                                        "the peer has not read for %d s"
                                                .formatted(sender.patience().toSeconds()))));
        draining.tick();
        handle(new SessionEvent.Tick());
    }

    /// The way to the peer is dead: the session ends now, not with its hold time.
    ///
    /// @param why in words
    public void pathDown(String why) {
        handle(new SessionEvent.PathDown(why));
    }

    /// The way to the peer works: a session that is held back is tried at once.
    public void pathUp() {
        handle(new SessionEvent.PathUp());
    }

    /// The peer connected to us.
    public void accepted(Link link) {
        handle(new SessionEvent.Accepted(link));
    }

    public void connected(Link link) {
        handle(new SessionEvent.Connected(link));
    }

    public void connectFailed(Link link, ConnectFailure failure, String detail) {
        handle(new SessionEvent.ConnectFailed(link, failure, detail));
    }

    /// The connection ended or broke, not by our doing.
    public void closed(Link link, String detail) {
        handle(new SessionEvent.Closed(link, detail));
    }

    /// A mistake of ours: what this connection was about to do is lost.
    public void broken(Link link) {
        handle(
                new SessionEvent.GivenUp(
                        link,
                        new NotificationMessage(ErrorCode.ADMINISTRATIVE_RESET),
                        "internal error, see this node's log"));
    }

    /// The peer reads again, or the connection can take more.
    public void writable() {
        sendRoutes();
    }

    /// Octets arrived. Consumes all whole messages; of a connection that is no longer of interest,
    /// everything.
    public void received(Link link, ByteBuf in) {
        while (fsm.knows(link)) {
            switch (BgpDecoder.decode(in, options(link))) {
                case Decoded.Incomplete _ -> {
                    return;
                }
                case Decoded.Message(BgpMessage message) -> receive(link, message);
                case Decoded.Repaired(UpdateMessage message, var faults) -> {
                    receiver.repaired(settings, faults);
                    receive(link, message);
                }
                case Decoded.SessionError(NotificationMessage answer, String reason) ->
                        handle(new SessionEvent.Malformed(link, answer, reason));
            }
        }
        in.skipBytes(in.readableBytes());
    }

    /// Changes the routes; [#sendRoutes] sends them.
    public void change(Map<IpPrefix, RouteAttributes> changed, Set<IpPrefix> withdrawn) {
        ribOut.change(changed, withdrawn);
    }

    /// Sends what is pending, as far as the session takes it now. Does nothing in the midst of an
    /// event, which may be the session's end: no UPDATE follows a NOTIFICATION.
    public void sendRoutes() {
        if (!busy) {
            sender.sendRoutes();
        }
    }

    /// When [#tick] is due.
    public Optional<Instant> nextDeadline() {
        return Stream.of(fsm.nextDeadline(), sender.deadline(), draining.deadline())
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    public boolean isEstablished() {
        return sender.link().isPresent();
    }

    public SessionStatus status() {
        Optional<Negotiated> negotiated = fsm.negotiated();
        return new SessionStatus(
                settings.name(),
                settings.address(),
                settings.port(),
                settings.localAsn(),
                fsm.state(),
                since,
                draining.state(),
                settings.families(),
                history.lastNegotiated().map(Negotiated::remoteFamilies).orElse(Set.of()),
                negotiated.map(Negotiated::families).orElse(Set.of()),
                ribOut.status(),
                negotiated.map(Negotiated::holdTime),
                negotiated.map(Negotiated::keepalive),
                history.lastNegotiated().map(Negotiated::capabilities).orElse(List.of()),
                history.lastNegotiated().map(Negotiated::remoteAsn),
                history.lastNegotiated().map(Negotiated::remoteRouterId),
                sender.link().flatMap(network::localAddress),
                draining.reason().or(history::lastError),
                history.counters());
    }

    private void receive(Link link, BgpMessage message) {
        history.received(message);
        handle(new SessionEvent.Received(link, message));
    }

    /// Events that the network raises while it carries out an action wait for their turn.
    private void handle(SessionEvent event) {
        queue.add(event);
        if (busy) {
            return;
        }
        busy = true;
        try {
            for (SessionEvent next = queue.poll(); next != null; next = queue.poll()) {
                step(next);
            }
        } finally {
            queue.clear();
            busy = false;
        }
        draining.look();
        sendRoutes();
    }

    private void step(SessionEvent event) {
        SessionState before = fsm.state();
        Step step = fsm.on(event, clock.instant());
        fsm = step.next();
        SessionState after = fsm.state();
        if (before != after) {
            since = clock.instant();
            events.stateChanged(settings.name(), before, after);
        }
        step.actions().forEach(this::perform);
    }

    private void perform(SessionAction action) {
        switch (action) {
            case SessionAction.Connect(Link link) -> network.connect(link);
            case SessionAction.Send(Link link, BgpMessage message) ->
                    sender.send(link, message, options(link));
            case SessionAction.Close(Link link) -> network.close(link);
            case SessionAction.Up(Link link, Negotiated negotiated) -> up(link, negotiated);
            case SessionAction.Down(String reason) -> down(reason);
            case SessionAction.Failed(String reason) -> {
                PeerLog.failed(settings, reason, history.failed(reason));
            }
            case SessionAction.Deliver(UpdateMessage update) -> deliver(update);
            case SessionAction.Refresh(RouteRefreshMessage request) -> sender.refresh(request);
        }
    }

    private void deliver(UpdateMessage update) {
        if (receiver.received(update)) {
            sender.link()
                    .ifPresent(link ->
                            queue.add(
                                    new SessionEvent.GivenUp(
                                            link,
                                            new NotificationMessage(ErrorCode.MAXIMUM_PREFIXES),
                                            "the peer announced more prefixes than its limit of %d"
                                                    .formatted(settings.prefixLimit().orElse(0)))));
        }
    }

    private void up(Link link, Negotiated negotiated) {
        history.established(negotiated);
        sender.up(link, negotiated, settings);
        receiver.up(negotiated, network.localAddress(link));
        SessionStatus status = status();
        PeerLog.up(status);
        events.sessionUp(status);
    }

    private void down(String reason) {
        history.failed(reason);
        sender.down();
        receiver.down();
        PeerLog.down(settings, reason);
        events.sessionDown(settings.name(), reason);
    }

    private WireOptions options(Link link) {
        return fsm.negotiated(link).map(Negotiated::wire).orElse(WireOptions.INITIAL);
    }
}
