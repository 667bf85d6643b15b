package dev.twinstack.bgp.session;

import dev.twinstack.bgp.SessionState;
import java.time.Instant;
import java.util.Optional;

/// A TCP connection is being opened; at `giveUpAt` the attempt is given up (ConnectRetryTimer).
record Connect(Link link, Instant giveUpAt) implements SessionPhase {

    /// The connection stands: say OPEN.
    Outcome.Continue connected(Peer peer, Instant now) {
        return OpenSent.enter(link, peer, now);
    }

    /// The connection failed: listen, and try again at `retryAt`.
    Active failed(Instant retryAt) {
        return new Active(Optional.of(retryAt));
    }

    @Override
    public SessionState state() {
        return SessionState.CONNECT;
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.of(giveUpAt);
    }
}
