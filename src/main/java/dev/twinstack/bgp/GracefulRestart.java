package dev.twinstack.bgp;

import java.time.Duration;
import java.util.Optional;

/// What a peer is asked to do while we restart (RFC 4724): keep our routes and send packets on.
///
/// @param time how long we may be away: 1 to 4095 s
/// @param notification whether also after a NOTIFICATION and after its hold timer has run out (RFC
///   8538)
/// @param longLived how much longer routes are kept as a last resort, where nobody else has any
///   (RFC 9494): 1 s to 16777215 s; empty: not at all
public record GracefulRestart(Duration time, boolean notification, Optional<Duration> longLived) {

    /// What FRR, BIRD and GoBGP ask for.
    public static final GracefulRestart DEFAULT = new GracefulRestart(Duration.ofMinutes(2), true);

    private static final int MAX_SECONDS = 4095;
    private static final int MAX_LONG_SECONDS = 0xff_ffff;

    public GracefulRestart {
        if (time.toSeconds() < 1 || time.toSeconds() > MAX_SECONDS) {
            throw new IllegalArgumentException(
                    "restart time %s is not 1 s to %d s".formatted(time, MAX_SECONDS));
        }
        longLived.ifPresent(stale -> {
            if (stale.toSeconds() < 1 || stale.toSeconds() > MAX_LONG_SECONDS) {
                throw new IllegalArgumentException(
                        "stale time %s is not 1 s to %d s".formatted(stale, MAX_LONG_SECONDS));
            }
        });
    }

    /// Not for long.
    public GracefulRestart(Duration time, boolean notification) {
        this(time, notification, Optional.empty());
    }
}
