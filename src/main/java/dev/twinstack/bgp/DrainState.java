package dev.twinstack.bgp;

/// How far one peer's traffic has been taken away from this node, see [BgpSpeaker#drain].
public enum DrainState {
    /// Nobody asked for it.
    NONE(""),
    /// The routes are marked with GRACEFUL_SHUTDOWN or have just been withdrawn.
    DRAINING("Draining"),
    /// The session is closed, and stays so.
    DRAINED("Drained");

    private final String text;

    DrainState(String text) {
        this.text = text;
    }

    /// `Draining`, `Drained`, or nothing.
    @Override
    public String toString() {
        return text;
    }
}
