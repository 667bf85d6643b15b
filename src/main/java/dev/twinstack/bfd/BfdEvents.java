package dev.twinstack.bfd;

/// Hears what happens to the sessions. Called on the speaker's one thread: must return at once and
/// never block; what it throws is logged and forgotten.
public interface BfdEvents {

    /// Hears nothing.
    BfdEvents NONE = new BfdEvents() {};

    /// A session came up.
    default void sessionUp(BfdPath path) {}

    /// A session that was up ended.
    default void sessionDown(BfdPath path, BfdDown down) {}
}
