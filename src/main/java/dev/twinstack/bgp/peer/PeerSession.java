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
import dev.twinstack.bgp.wire.BgpEncoder;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.Decoded;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.RouteRefreshMessage;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.bgp.wire.WireOptions;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
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
import org.jspecify.annotations.Nullable;

/// One neighbour: turns octets and timer ticks into events, carries out the state machine's actions
/// on a [Network], keeps routes, counters and the last error.
///
/// Not thread-safe: one thread owns it. After every call, [#nextDeadline] may have changed.
public final class PeerSession {

    /// Prefixes per pull from the RIB. Many, because the last message of each pull is seldom full;
    /// still no more than 340 KiB in the socket's queue.
    private static final int BATCH = 20_000;

    private static final int FIRST_BUFFER = 256;

    private PeerSettings settings;
    private final AdjRibOut ribOut;
    private final RouteSink ribIn;
    private final Network network;
    private final BgpEvents events;
    private final InstantSource clock;
    private final History history = new History();
    private final Queue<SessionEvent> queue = new ArrayDeque<>();
    private final SendHold sendHold = new SendHold();
    private final KnownFaults knownFaults = new KnownFaults();
    private final PrefixCount prefixes;
    private SessionFsm fsm;
    private Instant since;
    private boolean busy;
    private @Nullable Link upLink;

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
        this.ribIn = ribIn;
        this.network = network;
        this.events = events;
        this.clock = clock;
        this.fsm = SessionFsm.of(settings, random, restart);
        this.prefixes = new PrefixCount(settings.prefixLimit());
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
        Link link = upLink;
        Optional<Negotiated> negotiated = fsm.negotiated();
        if (link != null && negotiated.isPresent()) {
            ribOut.change(negotiated.get(), settings, network.localAddress(link));
            sendRoutes();
        }
    }

    /// The time of [#nextDeadline] has come.
    public void tick() {
        Link link = upLink;
        if (link != null && sendHoldDeadline().filter(this::isDue).isPresent()) {
            handle(
                    new SessionEvent.GivenUp(
                            link,
                            new NotificationMessage(ErrorCode.SEND_HOLD_TIMER_EXPIRED),
                            "the peer has not read for %d s"
                                    .formatted(SendHold.time(holdTime()).toSeconds())));
        }
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
                    history.repaired();
                    PeerLog.repaired(settings, faults, knownFaults.isNews(faults));
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
        Link link = upLink;
        if (link == null || busy) {
            return;
        }
        boolean wrote = false;
        while (network.isWritable(link) && ribOut.hasPending()) {
            for (BgpMessage message : ribOut.take(BATCH)) {
                write(link, message);
            }
            wrote = true;
        }
        if (wrote) {
            network.flush(link);
        }
        sendHold.look(network.isWritable(link), clock.instant());
    }

    /// When [#tick] is due.
    public Optional<Instant> nextDeadline() {
        return Stream.concat(fsm.nextDeadline().stream(), sendHoldDeadline().stream())
                .min(Instant::compareTo);
    }

    public boolean isEstablished() {
        return upLink != null;
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
                settings.families(),
                history.lastNegotiated().map(Negotiated::remoteFamilies).orElse(Set.of()),
                negotiated.map(Negotiated::families).orElse(Set.of()),
                ribOut.status(),
                negotiated.map(Negotiated::holdTime),
                negotiated.map(Negotiated::keepalive),
                history.lastNegotiated().map(Negotiated::capabilities).orElse(List.of()),
                history.lastNegotiated().map(Negotiated::remoteAsn),
                history.lastNegotiated().map(Negotiated::remoteRouterId),
                Optional.ofNullable(upLink).flatMap(network::localAddress),
                history.lastError(),
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
            case SessionAction.Send(Link link, BgpMessage message) -> {
                write(link, message);
                network.flush(link);
            }
            case SessionAction.Close(Link link) -> network.close(link);
            case SessionAction.Up(Link link, Negotiated negotiated) -> up(link, negotiated);
            case SessionAction.Down(String reason) -> down(reason);
            case SessionAction.Failed(String reason) -> {
                PeerLog.failed(settings, reason, history.failed(reason));
            }
            case SessionAction.Deliver(UpdateMessage update) -> deliver(update);
            case SessionAction.Refresh(RouteRefreshMessage request) -> refresh(request);
        }
    }

    private void deliver(UpdateMessage update) {
        ribIn.received(update);
        Link link = upLink;
        if (prefixes.isTooMuch(update) && link != null) {
            queue.add(
                    new SessionEvent.GivenUp(
                            link,
                            new NotificationMessage(ErrorCode.MAXIMUM_PREFIXES),
                            "the peer announced more prefixes than its limit of %d"
                                    .formatted(settings.prefixLimit().orElse(0))));
        }
    }

    private void up(Link link, Negotiated negotiated) {
        upLink = link;
        knownFaults.clear();
        history.established(negotiated);
        Optional<IpAddress> local = network.localAddress(link);
        ribOut.up(negotiated, settings, local);
        ribIn.up(negotiated, local);
        SessionStatus status = status();
        PeerLog.up(status);
        events.sessionUp(status);
    }

    private void down(String reason) {
        upLink = null;
        sendHold.stop();
        prefixes.clear();
        history.failed(reason);
        ribOut.down();
        ribIn.down();
        PeerLog.down(settings, reason);
        events.sessionDown(settings.name(), reason);
    }

    private Optional<Instant> sendHoldDeadline() {
        return sendHold.deadline(holdTime());
    }

    private boolean isDue(Instant deadline) {
        return !clock.instant().isBefore(deadline);
    }

    private Duration holdTime() {
        return fsm.negotiated().map(Negotiated::holdTime).orElse(Duration.ZERO);
    }

    private void refresh(RouteRefreshMessage request) {
        if (request.subtype() == RouteRefreshMessage.REQUEST) {
            boolean inBrackets =
                    fsm.negotiated().filter(agreed -> agreed.wire().enhancedRefresh()).isPresent();
            request.family().ipFamily().ifPresent(family -> ribOut.refresh(family, inBrackets));
        }
    }

    private void write(Link link, BgpMessage message) {
        ByteBuf out = Unpooled.buffer(FIRST_BUFFER);
        BgpEncoder.encode(message, out, options(link));
        history.sent(message);
        network.write(link, out);
    }

    private WireOptions options(Link link) {
        return fsm.negotiated(link).map(Negotiated::wire).orElse(WireOptions.INITIAL);
    }
}
