package dev.twinstack.bfd;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One session at one moment.
///
/// @param since when it entered this state
/// @param transmitInterval what we send at, before jitter; zero while the peer wants nothing
/// @param detectionTime after so long a silence the session ends; empty before the peer was heard
/// @param echoing whether echo packets are sent
/// @param lastDown why it ended last, or why it can't come up
public record BfdStatus(
        BfdSettings settings,
        BfdState state,
        BfdState remoteState,
        Instant since,
        Duration transmitInterval,
        Optional<Duration> detectionTime,
        boolean echoing,
        Optional<String> lastDown,
        BfdCounters counters) {

    public BfdStatus {
        requireNonNull(settings, "settings");
        requireNonNull(state, "state");
        requireNonNull(counters, "counters");
    }

    public BfdPath path() {
        return settings.path();
    }

    public boolean isUp() {
        return state == BfdState.UP;
    }
}
