package dev.twinstack.bfd.transport;

import java.time.Instant;
import java.time.InstantSource;

/// A clock for timers: starts at the time of day and goes on steadily, whatever becomes of the time
/// of day. A step of NTP must not end sessions.
final class MonotonicClock implements InstantSource {

    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }
}
