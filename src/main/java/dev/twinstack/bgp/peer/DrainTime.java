package dev.twinstack.bgp.peer;

import dev.twinstack.bgp.ExportPolicy;
import java.time.Duration;

/// How long routes are marked before they are withdrawn.
///
/// @param unlessGiven where the peer's settings say nothing
/// @param atMost whatever they say
public record DrainTime(Duration unlessGiven, Duration atMost) {

    Duration of(ExportPolicy export) {
        Duration time = export.drainTime().orElse(unlessGiven);
        return time.compareTo(atMost) < 0 ? time : atMost;
    }
}
