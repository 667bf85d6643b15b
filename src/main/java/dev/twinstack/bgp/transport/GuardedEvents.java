package dev.twinstack.bgp.transport;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.bgp.SessionStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a listener's mistakes away from the sessions.
record GuardedEvents(BgpEvents listener) implements BgpEvents {

    private static final Logger log = LoggerFactory.getLogger(GuardedEvents.class);

    @Override
    public void stateChanged(String peer, SessionState from, SessionState to) {
        guard(() -> listener.stateChanged(peer, from, to));
    }

    @Override
    public void sessionUp(SessionStatus status) {
        guard(() -> listener.sessionUp(status));
    }

    @Override
    public void sessionDown(String peer, String reason) {
        guard(() -> listener.sessionDown(peer, reason));
    }

    private static void guard(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("Listener of BGP events failed");
        }
    }
}
