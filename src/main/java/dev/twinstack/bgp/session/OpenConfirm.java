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

/// Both OPENs are good; the peer's KEEPALIVE is still to come. Until then no UPDATE may be sent.
record OpenConfirm(Link link, Negotiated negotiated, HoldTimers timers) implements Conversation {

    @Override
    public Outcome received(BgpMessage message, Peer peer, Instant now) {
        return switch (message) {
            case KeepaliveMessage _ ->
                    Outcome.Continue.with(
                            new Established(link, negotiated, timers.heard(now), now),
                            new SessionAction.Up(link, negotiated));
            case NotificationMessage notification ->
                    Outcome.End.byPeer(
                            link,
                            Backoff.paceAfter(notification),
                            peer.diagnosis().received(notification));
            case OpenMessage _, UpdateMessage _, RouteRefreshMessage _ ->
                    peer.unexpected(this, message);
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
                new OpenConfirm(link, negotiated, timers.keepaliveSent(now, peer.random())),
                new SessionAction.Send(link, KeepaliveMessage.INSTANCE));
    }

    @Override
    public SessionState state() {
        return SessionState.OPEN_CONFIRM;
    }

    @Override
    public Optional<Instant> deadline() {
        return timers.deadline();
    }
}
