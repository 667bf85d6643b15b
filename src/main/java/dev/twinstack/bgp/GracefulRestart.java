package dev.twinstack.bgp;

import java.time.Duration;

/// What a peer is asked to do while we restart (RFC 4724): keep our routes and send packets on.
///
/// @param time how long we may be away: 1 to 4095 s
/// @param notification whether also after a NOTIFICATION and after its hold timer has run out (RFC
///   8538)
public record GracefulRestart(Duration time, boolean notification) {

    /// What FRR, BIRD and GoBGP ask for.
    public static final GracefulRestart DEFAULT = new GracefulRestart(Duration.ofMinutes(2), true);

    private static final int MAX_SECONDS = 4095;

    public GracefulRestart {
        if (time.toSeconds() < 1 || time.toSeconds() > MAX_SECONDS) {
            throw new IllegalArgumentException(
                    "restart time %s is not 1 s to %d s".formatted(time, MAX_SECONDS));
        }
    }
}
