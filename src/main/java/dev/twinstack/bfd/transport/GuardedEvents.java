package dev.twinstack.bfd.transport;

import dev.twinstack.bfd.BfdDown;
import dev.twinstack.bfd.BfdEvents;
import dev.twinstack.bfd.BfdPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a listener's mistakes away from the sessions.
record GuardedEvents(BfdEvents listener) implements BfdEvents {

    private static final Logger log = LoggerFactory.getLogger(GuardedEvents.class);

    @Override
    public void sessionUp(BfdPath path) {
        guard(() -> listener.sessionUp(path));
    }

    @Override
    public void sessionDown(BfdPath path, BfdDown down) {
        guard(() -> listener.sessionDown(path, down));
    }

    private static void guard(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("Listener of BFD events failed");
        }
    }
}
