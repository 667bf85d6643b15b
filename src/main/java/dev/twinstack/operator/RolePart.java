package dev.twinstack.operator;

import java.util.Optional;

/// A part of the program that runs in some roles only. A CDI bean whose constructor does nothing
/// but keep its arguments: the parts of other roles are never started.
public interface RolePart {

    /// Parts start in ascending order and stop in descending order.
    enum Phase {
        /// What the others read: shared informers and the configuration.
        SOURCES,
        /// What acts on it.
        WORKERS,
        /// What answers others by it.
        SERVERS
    }

    boolean runsIn(Role role);

    default Phase phase() {
        return Phase.WORKERS;
    }

    /// What keeps this part from doing its work, in one line; empty if nothing does.
    Optional<String> notReady();

    /// Called once, off the main thread, when the API server answers (in roles that need one).
    void start();

    /// Called at shutdown, also when `start` has failed or was never reached.
    void stop();
}
