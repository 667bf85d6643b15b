package dev.twinstack.operator.speaker;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.bgp.SessionStatus;

/// Tells two listeners, in this order.
record BgpEventPair(BgpEvents first, BgpEvents second) implements BgpEvents {

    @Override
    public void stateChanged(String peer, SessionState from, SessionState to) {
        first.stateChanged(peer, from, to);
        second.stateChanged(peer, from, to);
    }

    @Override
    public void sessionUp(SessionStatus status) {
        first.sessionUp(status);
        second.sessionUp(status);
    }

    @Override
    public void sessionDown(String peer, String reason) {
        first.sessionDown(peer, reason);
        second.sessionDown(peer, reason);
    }
}
