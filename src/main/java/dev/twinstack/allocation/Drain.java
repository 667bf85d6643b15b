package dev.twinstack.allocation;

import java.time.Duration;

/// The pool is on its way out: its Services go to the pool `replacement`, one by one, and each has
/// its old and its new addresses for the time of `overlap`.
public record Drain(String replacement, Duration overlap) {

    /// @throws IllegalArgumentException if there is no replacement or a negative overlap
    public Drain {
        if (replacement.isEmpty()) {
            throw new IllegalArgumentException(
                    "a drain needs a pool that replaces the draining one");
        }
        if (overlap.isNegative()) {
            throw new IllegalArgumentException("an overlap must not be negative");
        }
    }
}
