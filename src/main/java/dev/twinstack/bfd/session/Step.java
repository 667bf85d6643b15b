package dev.twinstack.bfd.session;

import java.util.List;

/// What an event made of a session.
public record Step(SessionFsm next, List<SessionAction> actions) {

    public Step {
        actions = List.copyOf(actions);
    }
}
