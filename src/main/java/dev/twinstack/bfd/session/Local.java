package dev.twinstack.bfd.session;

import static java.util.Objects.requireNonNull;

import dev.twinstack.bfd.BfdSettings;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Our side of a session, as long as its settings last.
///
/// @param discriminator our number of the session, not 0, unique in this system
/// @param cookie of our echo packets
record Local(BfdSettings settings, int discriminator, long cookie, RandomGenerator random) {

    /// Nobody may send faster before the session is up (RFC 5880 section 6.8.3), nor needs control
    /// packets faster while echo packets do the work (section 6.8.9).
    static final Duration SLOW = Duration.ofSeconds(1);

    Local {
        requireNonNull(settings, "settings");
        if (discriminator == 0) {
            throw new IllegalArgumentException("0 is no discriminator");
        }
    }

    Local with(BfdSettings now) {
        return new Local(now, discriminator, cookie, random);
    }

    Duration desiredMinTx(boolean isUp) {
        return isUp ? settings.desiredMinTx() : longer(settings.desiredMinTx(), SLOW);
    }

    Duration requiredMinRx(boolean isEchoing) {
        return isEchoing ? longer(settings.requiredMinRx(), SLOW) : settings.requiredMinRx();
    }

    Duration jittered(Duration interval) {
        return Jitter.shorten(interval, settings.detectMultiplier(), random);
    }

    static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
