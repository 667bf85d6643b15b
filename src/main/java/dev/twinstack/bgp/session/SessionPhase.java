package dev.twinstack.bgp.session;

import dev.twinstack.bgp.SessionState;
import java.time.Instant;
import java.util.Optional;

/// The present state of a session and all that belongs to it, timers included. Each state has
/// methods for the legal transitions only.
public sealed interface SessionPhase permits Idle, Connect, Active, Conversation {

    SessionState state();

    /// When this state wants to hear [SessionEvent.Tick] next.
    Optional<Instant> deadline();
}
