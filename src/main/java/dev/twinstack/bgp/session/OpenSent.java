package dev.twinstack.bgp.session;

import dev.twinstack.bgp.SessionState;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.KeepaliveMessage;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.RouteRefreshMessage;
import dev.twinstack.bgp.wire.UpdateMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// We said OPEN and wait for the peer's.
record OpenSent(Link link, Instant holdUntil) implements Conversation {

    /// "A large value", RFC 4271 section 8.2.2: 4 minutes.
    static final Duration LARGE_HOLD_TIME = Duration.ofMinutes(4);

    static Outcome.Continue enter(Link link, Peer peer, Instant now) {
        return Outcome.Continue.with(
                new OpenSent(link, now.plus(LARGE_HOLD_TIME)),
                new SessionAction.Send(link, peer.open()));
    }

    @Override
    public Outcome received(BgpMessage message, Peer peer, Instant now) {
        return switch (message) {
            case OpenMessage open -> opened(open, peer, now);
            case NotificationMessage notification ->
                    Outcome.End.byPeer(
                            link,
                            Backoff.paceAfter(notification),
                            peer.diagnosis().received(notification));
            case KeepaliveMessage _, UpdateMessage _, RouteRefreshMessage _ ->
                    peer.unexpected(this, message);
        };
    }

    @Override
    public Outcome elapsed(Peer peer, Instant now) {
        return Outcome.End.byUs(
                link,
                new NotificationMessage(ErrorCode.HOLD_TIMER_EXPIRED),
                peer.diagnosis().noOpen());
    }

    @Override
    public SessionState state() {
        return SessionState.OPEN_SENT;
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.of(holdUntil);
    }

    private Outcome opened(OpenMessage open, Peer peer, Instant now) {
        return switch (OpenCheck.check(open, peer.open(), peer.settings())) {
            case OpenCheck.Refused(NotificationMessage notification, String reason) ->
                    Outcome.End.byUs(link, notification, reason);
            case OpenCheck.Accepted(Negotiated negotiated) ->
                    Outcome.Continue.with(
                            new OpenConfirm(
                                    link,
                                    negotiated,
                                    HoldTimers.start(
                                            negotiated.holdTime(),
                                            negotiated.keepalive(),
                                            now,
                                            peer.random())),
                            new SessionAction.Send(link, KeepaliveMessage.INSTANCE));
        };
    }
}
