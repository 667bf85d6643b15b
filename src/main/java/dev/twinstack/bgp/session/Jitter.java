package dev.twinstack.bgp.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The jitter of RFC 4271 section 10: timers are multiplied by a random factor of 0.75 to 1.0.
final class Jitter {

    private Jitter() {}

    static Duration shorten(Duration duration, RandomGenerator random) {
        double factor = 0.75 + 0.25 * random.nextDouble();
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }
}
