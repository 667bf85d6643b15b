package dev.twinstack.bgp.session;

import dev.twinstack.bgp.SessionState;
import java.time.Instant;
import java.util.Optional;

/// Waiting for the peer to connect, and to connect again at `retryAt` unless the peer is passive.
record Active(Optional<Instant> retryAt) implements SessionPhase {

    Connect connect(Link link, Instant giveUpAt) {
        return new Connect(link, giveUpAt);
    }

    @Override
    public SessionState state() {
        return SessionState.ACTIVE;
    }

    @Override
    public Optional<Instant> deadline() {
        return retryAt;
    }
}
