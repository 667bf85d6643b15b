package dev.twinstack.bfd;

import dev.twinstack.bfd.transport.BfdThread;
import java.util.Collection;
import java.util.List;

/// Watches paths with BFD. Sessions never touch each other, and one thread of their own serves
/// them: nothing else in the process delays a timer but what stops the whole of it.
///
/// Methods may be called from any thread; none blocks on the network. Calls take effect in their
/// order.
public final class BfdSpeaker implements AutoCloseable {

    private final BfdThread thread;

    /// Starts without sessions and without sockets.
    public BfdSpeaker(BfdEvents events) {
        this.thread = new BfdThread(events);
    }

    /// The sessions to hold, all of them. Missing ones tell their peer that this is on purpose
    /// (AdminDown); changed ones negotiate their new intervals and stay up; equal ones notice
    /// nothing.
    ///
    /// A socket that can't be had is said in [BfdStatus#lastDown] and tried again.
    ///
    /// @throws IllegalArgumentException if two are for one path
    public void setSessions(Collection<BfdSettings> sessions) {
        thread.set(sessions);
    }

    /// All sessions as they are now.
    ///
    /// @throws IllegalStateException after [#close]
    public List<BfdStatus> sessions() {
        return thread.statuses();
    }

    /// Tells all peers that the sessions end on purpose (AdminDown), and ends them.
    @Override
    public void close() {
        thread.close();
    }
}
