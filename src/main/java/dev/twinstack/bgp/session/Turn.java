package dev.twinstack.bgp.session;

import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.NotificationMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The work on one event: a scratch copy of the session that lives for one call of [SessionFsm#on].
final class Turn {

    private static final NotificationMessage COLLISION =
            new NotificationMessage(ErrorCode.CONNECTION_COLLISION);

    private Peer peer;
    private final Instant now;
    private final List<SessionAction> actions = new ArrayList<>();
    private SessionPhase phase;
    private @Nullable Conversation rival;
    private Backoff backoff;
    private long attempts;

    Turn(SessionFsm before, Instant now) {
        this.peer = before.peer();
        this.now = now;
        this.phase = before.phase();
        this.rival = before.rival();
        this.backoff = before.backoff();
        this.attempts = before.attempts();
    }

    Step step() {
        return new Step(new SessionFsm(peer, phase, rival, backoff, attempts), actions);
    }

    void start() {
        if (phase instanceof Idle idle) {
            begin(idle);
        }
    }

    void stop(NotificationMessage farewell, boolean forGood) {
        String reason = peer.diagnosis().stopped(farewell);
        conversations().forEach(one -> leave(one, farewell, forGood));
        switch (phase) {
            case Connect connect -> actions.add(new SessionAction.Close(connect.link()));
            case Established _ -> actions.add(new SessionAction.Down(reason));
            case Idle _, Active _, OpenSent _, OpenConfirm _ -> {}
        }
        rival = null;
        phase = Idle.STOPPED;
    }

    /// The peer is told why, should it still hear us (RFC 9384).
    void pathDown(String why) {
        NotificationMessage farewell = new NotificationMessage(ErrorCode.BFD_DOWN);
        String reason = Diagnosis.pathDown(farewell, why);
        conversations().forEach(one -> end(one, Outcome.End.byUs(one.link(), farewell, reason)));
    }

    void pathUp() {
        switch (phase) {
            case Idle idle when !idle.isStopped() -> begin(idle);
            case Active active when active.retryAt().isPresent() ->
                    phase = active.connect(open(), giveUpAt());
            case Idle _, Active _, Connect _, Conversation _ -> {}
        }
    }

    void tick() {
        if (isDue(phase)) {
            switch (phase) {
                case Idle idle -> begin(idle);
                case Active active -> phase = active.connect(open(), giveUpAt());
                case Connect connect -> giveUp(connect);
                case Conversation conversation ->
                        apply(conversation, conversation.elapsed(peer, now));
            }
        }
        Conversation second = rival;
        if (second != null && isDue(second)) {
            apply(second, second.elapsed(peer, now));
        }
    }

    void accepted(Link link) {
        switch (phase) {
            case Idle idle when idle.isStopped() -> actions.add(new SessionAction.Close(link));
            case Idle _, Active _ -> phase = talk(OpenSent.enter(link, peer, now));
            case Connect _ -> acceptRival(link);
            case Established _ -> refuse(link);
            case OpenSent conversation -> acceptBeside(conversation, link);
            case OpenConfirm conversation -> acceptBeside(conversation, link);
        }
    }

    void connected(Link link) {
        if (phase instanceof Connect connect && connect.link().equals(link)) {
            phase = talk(connect.connected(peer, now));
        } else {
            actions.add(new SessionAction.Close(link));
        }
    }

    void connectFailed(SessionEvent.ConnectFailed failed) {
        if (phase instanceof Connect connect && connect.link().equals(failed.link())) {
            actions.add(new SessionAction.Failed(peer.diagnosis().connectFailed(failed)));
            phase = connect.failed(now.plus(nextDelay(Backoff.Pace.CONNECT)));
            promoteRival();
        }
    }

    void closed(Link link, String detail) {
        conversation(link)
                .ifPresent(one ->
                        end(
                                one,
                                Outcome.End.byPeer(
                                        link,
                                        Backoff.Pace.CONNECT,
                                        peer.diagnosis().closed(one.state(), detail))));
    }

    void received(Link link, BgpMessage message) {
        conversation(link)
                .ifPresent(one -> {
                    apply(one, one.received(message, peer, now));
                    if (message instanceof NotificationMessage refusal
                            && !(one instanceof Established)) {
                        peer = peer.with(peer.offer().without(refusal, peer.settings()));
                    }
                });
    }

    void end(Link link, NotificationMessage answer, String what) {
        conversation(link)
                .ifPresent(one ->
                        end(
                                one,
                                Outcome.End.byUs(
                                        link, answer, peer.diagnosis().malformed(answer, what))));
    }

    // ---- attempts

    private void begin(Idle idle) {
        phase = peer.settings().passive() ? idle.listen() : idle.connect(open(), giveUpAt());
    }

    private Link open() {
        attempts++;
        Link link = Link.outgoing(attempts);
        actions.add(new SessionAction.Connect(link));
        return link;
    }

    private Instant giveUpAt() {
        return now.plus(Jitter.shorten(peer.settings().connectRetry(), peer.random()));
    }

    /// ConnectRetryTimer ran out: the next attempt starts at once, it was wait enough.
    private void giveUp(Connect connect) {
        actions.add(new SessionAction.Close(connect.link()));
        actions.add(new SessionAction.Failed(peer.diagnosis().noAnswer()));
        phase = new Connect(open(), giveUpAt());
    }

    private Duration nextDelay(Backoff.Pace pace) {
        backoff = backoff.more();
        return backoff.delay(pace, peer.settings().connectRetry(), peer.random());
    }

    // ---- conversations

    private void apply(Conversation before, Outcome outcome) {
        switch (outcome) {
            case Outcome.End end -> end(before, end);
            case Outcome.Continue next -> {
                Conversation after = talk(next);
                if (isRival(before)) {
                    rival = after;
                } else {
                    phase = after;
                }
                settle(before, after);
            }
        }
    }

    private Conversation talk(Outcome.Continue next) {
        actions.addAll(next.actions());
        return next.next();
    }

    private void end(Conversation ended, Outcome.End end) {
        actions.addAll(end.actions());
        actions.add(
                ended instanceof Established
                        ? new SessionAction.Down(end.reason())
                        : new SessionAction.Failed(end.reason()));
        if (isRival(ended)) {
            rival = null;
            return;
        }
        if (ended instanceof Established) {
            peer = peer.with(peer.offer().complete());
        }
        if (ended instanceof Established(_, _, _, Instant since)
                && !now.isBefore(since.plus(Backoff.STEADY))) {
            backoff = Backoff.NONE;
        }
        phase = Idle.until(now.plus(nextDelay(end.pace())));
        promoteRival();
    }

    // ---- two connections

    /// A second call of the peer while its first one is unanswered: it has given that one up.
    private void acceptBeside(Conversation present, Link link) {
        switch (present.link().direction()) {
            case OUTGOING -> acceptRival(link);
            case INCOMING -> {
                actions.add(new SessionAction.Close(present.link()));
                phase = talk(OpenSent.enter(link, peer, now));
            }
        }
    }

    private void acceptRival(Link link) {
        if (rival != null) {
            actions.add(new SessionAction.Close(rival.link()));
        }
        rival = talk(OpenSent.enter(link, peer, now));
    }

    /// Established beats a new connection.
    private void refuse(Link link) {
        actions.add(new SessionAction.Send(link, COLLISION));
        actions.add(new SessionAction.Close(link));
    }

    /// After progress on one of two connections: does the other have to go?
    private void settle(Conversation before, Conversation after) {
        if (after instanceof Established && !(before instanceof Established)) {
            peer = peer.with(peer.offer().established());
            if (isRival(after)) {
                dropPhase();
            } else if (rival != null) {
                discard(rival, COLLISION);
                rival = null;
            }
        } else if (phase instanceof OpenConfirm && rival instanceof OpenConfirm second) {
            Link.Direction survivor = Collision.survivor(peer.settings(), second.negotiated());
            if (second.link().direction() == survivor) {
                dropPhase();
            } else {
                discard(second, COLLISION);
                rival = null;
            }
        }
    }

    /// The rival takes the place of the first connection.
    private void dropPhase() {
        switch (phase) {
            case Connect connect -> actions.add(new SessionAction.Close(connect.link()));
            case Conversation loser -> discard(loser, COLLISION);
            case Idle _, Active _ -> {}
        }
        phase = Idle.STOPPED;
        promoteRival();
    }

    private void promoteRival() {
        if (rival != null) {
            phase = rival;
            rival = null;
        }
    }

    /// A peer that keeps our routes over a restart does so if the connection just ends (RFC 4724
    /// section 4.2); with RFC 8538 it would even after a plain Cease.
    private void leave(Conversation one, NotificationMessage farewell, boolean forGood) {
        if (!(one instanceof Established established)) {
            discard(one, farewell);
            return;
        }
        Agreement agreement = established.negotiated().agreement();
        if (agreement.keepsRoutes() && !forGood) {
            actions.add(new SessionAction.Close(one.link()));
        } else {
            discard(one, agreement.hardReset() ? farewell.asHardReset() : farewell);
        }
    }

    private void discard(Conversation conversation, NotificationMessage farewell) {
        actions.add(new SessionAction.Send(conversation.link(), farewell));
        actions.add(new SessionAction.Close(conversation.link()));
    }

    // ---- looking

    private List<Conversation> conversations() {
        List<Conversation> present = new ArrayList<>();
        if (phase instanceof Conversation first) {
            present.add(first);
        }
        if (rival != null) {
            present.add(rival);
        }
        return present;
    }

    private Optional<Conversation> conversation(Link link) {
        return conversations().stream().filter(one -> one.link().equals(link)).findFirst();
    }

    private boolean isRival(Conversation one) {
        return rival != null && rival.link().equals(one.link());
    }

    private boolean isDue(SessionPhase one) {
        return one.deadline().filter(deadline -> !now.isBefore(deadline)).isPresent();
    }
}
