package dev.twinstack.bgp.testing;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.bgp.SessionStatus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Remembers what it hears.
public final class RecordedEvents implements BgpEvents {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void stateChanged(String peer, SessionState from, SessionState to) {
        heard.add(peer + " " + from + " -> " + to);
    }

    @Override
    public void sessionUp(SessionStatus status) {
        heard.add(status.peer() + " up");
    }

    @Override
    public void sessionDown(String peer, String reason) {
        heard.add(peer + " down: " + reason);
    }

    /// Everything so far, in order.
    public List<String> heard() {
        return List.copyOf(heard);
    }
}
