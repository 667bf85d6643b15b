package dev.twinstack.bgp;

/// Hears what happens to the sessions. Called on the speaker's one I/O thread: must return quickly
/// and never block; what it throws is logged and forgotten.
public interface BgpEvents {

    /// Hears nothing.
    BgpEvents NONE = new BgpEvents() {};

    /// A session moved on. [#sessionUp] and [#sessionDown] come after it.
    default void stateChanged(String peer, SessionState from, SessionState to) {}

    /// A session is established.
    default void sessionUp(SessionStatus status) {}

    /// An established session ended.
    ///
    /// @param reason in words, with the likely cause
    default void sessionDown(String peer, String reason) {}
}
