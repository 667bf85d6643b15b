package dev.twinstack.bgp.session;

import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.NotificationMessage;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to hold back before the next attempt: 100 ms after the first failure, doubled with each
/// further one up to a cap, each time shortened at random to 75..100 % (RFC 4271 section 10) so
/// that two speakers do not meet in lock step for ever.
///
/// @param failures since the session last stood for [#STEADY]
record Backoff(int failures) {

    static final Backoff NONE = new Backoff(0);

    /// A session that stood this long was a good one: the next reconnect is quick again.
    static final Duration STEADY = Duration.ofSeconds(10);

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration ERROR_CAP = Duration.ofSeconds(10);
    private static final Duration COLLISION_CAP = Duration.ofSeconds(1);
    private static final Duration AFTER_TOO_MANY_PREFIXES = Duration.ofMinutes(2);
    private static final int MAX_DOUBLINGS = 20;

    /// What went wrong decides how patient to be.
    enum Pace {
        /// TCP did not come about, or the peer closed it without a word: it may be back any moment.
        CONNECT,
        /// One side found fault with the other.
        ERROR,
        /// Two connections met, or the peer believes that an old one still lives (6/7): soon it
        /// won't.
        COLLISION,
        /// The peer announced more than it may: nothing will have changed in a moment.
        TOO_MANY_PREFIXES
    }

    Backoff more() {
        return new Backoff(failures + 1);
    }

    /// The wait after the latest of [#failures].
    Duration delay(Pace pace, Duration connectRetry, RandomGenerator random) {
        Duration cap =
                switch (pace) {
                    case CONNECT -> connectRetry;
                    case ERROR -> max(connectRetry, ERROR_CAP);
                    case COLLISION -> COLLISION_CAP;
                    case TOO_MANY_PREFIXES -> AFTER_TOO_MANY_PREFIXES;
                };
        Duration first = pace == Pace.TOO_MANY_PREFIXES ? AFTER_TOO_MANY_PREFIXES : FIRST;
        int doublings = Math.clamp(failures - 1, 0, MAX_DOUBLINGS);
        long millis = Math.min(first.toMillis() << doublings, cap.toMillis());
        return Jitter.shorten(Duration.ofMillis(millis), random);
    }

    static Pace paceAfter(NotificationMessage notification) {
        if (notification.error().equals(ErrorCode.CONNECTION_COLLISION)) {
            return Pace.COLLISION;
        }
        return notification.error().equals(ErrorCode.MAXIMUM_PREFIXES)
                ? Pace.TOO_MANY_PREFIXES
                : Pace.ERROR;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
