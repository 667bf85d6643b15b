package dev.twinstack.bgp.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Time that passes when it is told to.
public final class VirtualClock implements InstantSource {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration time) {
        now = now.plus(time);
    }

    public void advanceTo(Instant time) {
        if (time.isAfter(now)) {
            now = time;
        }
    }
}
