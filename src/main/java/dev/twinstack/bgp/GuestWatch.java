package dev.twinstack.bgp;

import java.util.function.Consumer;

/// Passes events on, and says when a session has lost its connection.
record GuestWatch(BgpEvents events, Consumer<String> lost) implements BgpEvents {

    @Override
    public void stateChanged(String peer, SessionState from, SessionState to) {
        if (isConnected(from) && !isConnected(to)) {
            lost.accept(peer);
        }
        events.stateChanged(peer, from, to);
    }

    @Override
    public void sessionUp(SessionStatus status) {
        events.sessionUp(status);
    }

    @Override
    public void sessionDown(String peer, String reason) {
        events.sessionDown(peer, reason);
    }

    private static boolean isConnected(SessionState state) {
        return state.compareTo(SessionState.OPEN_SENT) >= 0;
    }
}
