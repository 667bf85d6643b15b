package dev.twinstack.bgp;

import java.time.Duration;

/// What a speaker knows of the time before it started.
///
/// @param restarted whether it may have had sessions before
/// @param hostUptime how long the node had been up then
public record Restart(boolean restarted, Duration hostUptime) {

    /// A speaker that keeps nothing over a restart.
    public static final Restart NONE = new Restart(false, Duration.ZERO);

    /// Whether packets for routes that a peer still keeps have been forwarded all the time: the
    /// kernel does so while the process is away, unless the node itself was down. A peer that has
    /// kept our routes lost us less than the restart time ago, so a node that has been up longer
    /// was not down meanwhile.
    public boolean hasForwarded(GracefulRestart graceful) {
        return hostUptime.compareTo(graceful.time()) >= 0;
    }
}
