package dev.twinstack.bgp.session;

import static java.util.Objects.requireNonNull;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.Restart;
import dev.twinstack.bgp.SessionState;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The session with one peer at one moment: a value. [#on] gives the next one.
///
/// The peer may have two connections at once, one opened by each side. `phase` is the session's
/// state; `rival` is the second connection until one of the two is closed.
///
/// @param backoff how often the session failed in a row
/// @param attempts how many connections we have opened
public record SessionFsm(
        Peer peer,
        SessionPhase phase,
        @Nullable Conversation rival,
        Backoff backoff,
        long attempts) {

    public SessionFsm {
        requireNonNull(peer, "peer");
        requireNonNull(phase, "phase");
    }

    /// A session that was not started yet.
    ///
    /// @param random for jitter alone
    public static SessionFsm of(PeerSettings settings, RandomGenerator random, Restart restart) {
        return new SessionFsm(
                Peer.of(settings, random, restart), Idle.STOPPED, null, Backoff.NONE, 0);
    }

    /// What `event` makes of the session. News of connections it does not know any more changes
    /// nothing; a connection it does not want is closed.
    public Step on(SessionEvent event, Instant now) {
        Turn turn = new Turn(this, now);
        switch (event) {
            case SessionEvent.Start _ -> turn.start();
            case SessionEvent.Stop(var farewell, var goes) -> turn.stop(farewell, goes);
            case SessionEvent.Tick _ -> turn.tick();
            case SessionEvent.PathDown(var why) -> turn.pathDown(why);
            case SessionEvent.PathUp _ -> turn.pathUp();
            case SessionEvent.Accepted(Link link) -> turn.accepted(link);
            case SessionEvent.Connected(Link link) -> turn.connected(link);
            case SessionEvent.ConnectFailed failed -> turn.connectFailed(failed);
            case SessionEvent.Closed(Link link, String detail) -> turn.closed(link, detail);
            case SessionEvent.Received(Link link, var message) -> turn.received(link, message);
            case SessionEvent.Malformed(Link link, var answer, var what) ->
                    turn.end(link, answer, what);
            case SessionEvent.GivenUp(Link link, var farewell, var why) ->
                    turn.end(link, farewell, why);
        }
        return turn.step();
    }

    /// The state to show: the more advanced one if there are two connections.
    public SessionState state() {
        return rival != null && rival.state().compareTo(phase.state()) > 0
                ? rival.state()
                : phase.state();
    }

    /// When [SessionEvent.Tick] is due next; empty: never.
    public Optional<Instant> nextDeadline() {
        return Stream.of(Optional.of(phase), Optional.<SessionPhase>ofNullable(rival))
                .flatMap(Optional::stream)
                .map(SessionPhase::deadline)
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /// What was negotiated, once established.
    public Optional<Negotiated> negotiated() {
        return phase instanceof Established established
                ? Optional.of(established.negotiated())
                : Optional.empty();
    }

    /// What was negotiated on one connection, if its OPEN has come.
    public Optional<Negotiated> negotiated(Link link) {
        return Stream.of(Optional.of(phase), Optional.<SessionPhase>ofNullable(rival))
                .flatMap(Optional::stream)
                .flatMap(one ->
                        switch (one) {
                            case OpenConfirm(var its, var negotiated, _) when its.equals(link) ->
                                    Stream.of(negotiated);
                            case Established(var its, var negotiated, _, _) when its.equals(link) ->
                                    Stream.of(negotiated);
                            case Idle _, Connect _, Active _, Conversation _ ->
                                    Stream.<Negotiated>empty();
                        })
                .findFirst();
    }

    /// Whether messages of this connection are still of interest.
    public boolean knows(Link link) {
        return (phase instanceof Conversation conversation && conversation.link().equals(link))
                || (rival != null && rival.link().equals(link));
    }
}
