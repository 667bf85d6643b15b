package dev.twinstack.bfd.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Keeps sessions from sending in lock step (RFC 5880 section 6.8.7).
final class Jitter {

    private Jitter() {}

    /// 75 to 100 % of the interval; with a multiplier of 1 at most 90 %, so that one late packet
    /// does not end the session.
    static Duration shorten(Duration interval, int multiplier, RandomGenerator random) {
        double range = multiplier == 1 ? 0.15 : 0.25;
        return Duration.ofNanos((long) (interval.toNanos() * (0.75 + range * random.nextDouble())));
    }
}
