package dev.twinstack.bgp.session;

import dev.twinstack.bgp.SessionState;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.KeepaliveMessage;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.RouteRefreshMessage;
import dev.twinstack.bgp.wire.UpdateMessage;
import java.time.Instant;
import java.util.Optional;

/// Routes flow. Every good message restarts the hold timer.
record Established(Link link, Negotiated negotiated, HoldTimers timers, Instant since)
        implements Conversation {

    @Override
    public Outcome received(BgpMessage message, Peer peer, Instant now) {
        return switch (message) {
            case KeepaliveMessage _ -> Outcome.Continue.with(heard(now));
            case UpdateMessage update ->
                    Outcome.Continue.with(heard(now), new SessionAction.Deliver(update));
            case RouteRefreshMessage request ->
                    Outcome.Continue.with(heard(now), new SessionAction.Refresh(request));
            case NotificationMessage notification ->
                    Outcome.End.byPeer(
                            link,
                            Backoff.paceAfter(notification),
                            peer.diagnosis().received(notification));
            case OpenMessage _ -> peer.unexpected(this, message);
        };
    }

    @Override
    public Outcome elapsed(Peer peer, Instant now) {
        if (timers.isExpired(now)) {
            return Outcome.End.byUs(
                    link,
                    new NotificationMessage(ErrorCode.HOLD_TIMER_EXPIRED),
                    peer.diagnosis().silence(negotiated.holdTime()));
        }
        return Outcome.Continue.with(
                new Established(link, negotiated, timers.keepaliveSent(now, peer.random()), since),
                new SessionAction.Send(link, KeepaliveMessage.INSTANCE));
    }

    @Override
    public SessionState state() {
        return SessionState.ESTABLISHED;
    }

    @Override
    public Optional<Instant> deadline() {
        return timers.deadline();
    }

    private Established heard(Instant now) {
        return new Established(link, negotiated, timers.heard(now), since);
    }
}
