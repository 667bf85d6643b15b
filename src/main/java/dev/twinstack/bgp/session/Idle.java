package dev.twinstack.bgp.session;

import dev.twinstack.bgp.SessionState;
import java.time.Instant;
import java.util.Optional;

/// Not trying: stopped for good, or held back after an error until `restartAt` (the IdleHoldTimer
/// of RFC 4271 section 8.1.1).
///
/// While held back, a connection of the peer is taken all the same. The RFC refuses it; but the
/// peer's own back-off already limits it, and a refused peer may not come back for two minutes.
record Idle(Optional<Instant> restartAt) implements SessionPhase {

    static final Idle STOPPED = new Idle(Optional.empty());

    static Idle until(Instant restartAt) {
        return new Idle(Optional.of(restartAt));
    }

    Connect connect(Link link, Instant giveUpAt) {
        return new Connect(link, giveUpAt);
    }

    /// Wait for a passive peer's call.
    Active listen() {
        return new Active(Optional.empty());
    }

    boolean isStopped() {
        return restartAt.isEmpty();
    }

    @Override
    public SessionState state() {
        return SessionState.IDLE;
    }

    @Override
    public Optional<Instant> deadline() {
        return restartAt;
    }
}
