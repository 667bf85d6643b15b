package dev.twinstack.bgp.peer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The send hold timer (RFC 9687): a peer that keeps its connection open but does not read would
/// stay up for ever, with routes that are long outdated.
final class SendHold {

    private static final Duration LEAST = Duration.ofMinutes(8);

    private @Nullable Instant since;

    /// Eight minutes, or twice the hold time if that is more (RFC 9687).
    static Duration time(Duration holdTime) {
        Duration twice = holdTime.multipliedBy(2);
        return twice.compareTo(LEAST) > 0 ? twice : LEAST;
    }

    /// Whether the connection takes octets now; the timer runs while it does not.
    void look(boolean writable, Instant now) {
        if (writable) {
            since = null;
        } else if (since == null) {
            since = now;
        }
    }

    void stop() {
        since = null;
    }

    /// When the peer's time is up; empty while it reads.
    Optional<Instant> deadline(Duration holdTime) {
        return Optional.ofNullable(since).map(start -> start.plus(time(holdTime)));
    }
}
