package dev.twinstack.bgp.peer;

import dev.twinstack.bgp.DrainState;
import dev.twinstack.bgp.wire.NotificationMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How the traffic of one session is taken away before the session is shut down (RFC 8326 section
/// 4.1): the routes are marked, so that the peer finds others while it still has ours; then they
/// are withdrawn; then comes the Cease. A value: each step gives the next.
///
/// @param until when the next step is due
/// @param farewell the Cease at its end
/// @param done called once, at the end
record Drain(Step step, Optional<Instant> until, NotificationMessage farewell, Runnable done) {

    /// So long the peer has for passing on the withdrawals before it loses the session.
    static final Duration AFTER_WITHDRAWAL = Duration.ofSeconds(1);

    /// Where it stands.
    enum Step {
        MARKED,
        WITHDRAWN,
        ENDED
    }

    static Drain marked(Instant until, NotificationMessage farewell, Runnable done) {
        return new Drain(Step.MARKED, Optional.of(until), farewell, done);
    }

    static Drain withdrawn(Instant now, NotificationMessage farewell, Runnable done) {
        return new Drain(Step.WITHDRAWN, Optional.of(now.plus(AFTER_WITHDRAWAL)), farewell, done);
    }

    Drain withdrawn(Instant now) {
        return withdrawn(now, farewell, done);
    }

    Drain ended() {
        return new Drain(Step.ENDED, Optional.empty(), farewell, () -> {});
    }

    /// Ends no later than `latest`; whoever waits for it hears of it too.
    Drain hastened(Instant latest, Runnable alsoDone) {
        Runnable both =
                () -> {
                    done.run();
                    alsoDone.run();
                };
        return new Drain(
                step, until.map(due -> due.isAfter(latest) ? latest : due), farewell, both);
    }

    boolean isDue(Instant now) {
        return until.filter(due -> !now.isBefore(due)).isPresent();
    }

    boolean isMarked() {
        return step == Step.MARKED;
    }

    boolean hasEnded() {
        return step == Step.ENDED;
    }

    DrainState state() {
        return switch (step) {
            case MARKED, WITHDRAWN -> DrainState.DRAINING;
            case ENDED -> DrainState.DRAINED;
        };
    }

    /// Why the session is not there.
    String reason() {
        return farewell.communication().map(text -> "drained: " + text).orElse("drained");
    }
}
