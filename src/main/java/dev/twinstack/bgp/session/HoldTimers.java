package dev.twinstack.bgp.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Hold and keepalive timer of an open session (RFC 4271 section 4.4). A negotiated hold time of
/// zero means that neither runs.
///
/// @param holdUntil silence lasting to then ends the session
/// @param keepaliveAt when the next KEEPALIVE is due
record HoldTimers(Duration hold, Duration keepalive, Instant holdUntil, Instant keepaliveAt) {

    /// Both start: a KEEPALIVE was just sent.
    static HoldTimers start(
            Duration hold, Duration keepalive, Instant now, RandomGenerator random) {
        return new HoldTimers(
                hold, keepalive, now.plus(hold), now.plus(Jitter.shorten(keepalive, random)));
    }

    boolean isRunning() {
        return !hold.isZero();
    }

    HoldTimers heard(Instant now) {
        return new HoldTimers(hold, keepalive, now.plus(hold), keepaliveAt);
    }

    HoldTimers keepaliveSent(Instant now, RandomGenerator random) {
        return new HoldTimers(
                hold, keepalive, holdUntil, now.plus(Jitter.shorten(keepalive, random)));
    }

    boolean isExpired(Instant now) {
        return isRunning() && !now.isBefore(holdUntil);
    }

    boolean isKeepaliveDue(Instant now) {
        return isRunning() && !now.isBefore(keepaliveAt);
    }

    Optional<Instant> deadline() {
        if (!isRunning()) {
            return Optional.empty();
        }
        return Optional.of(holdUntil.isBefore(keepaliveAt) ? holdUntil : keepaliveAt);
    }
}
