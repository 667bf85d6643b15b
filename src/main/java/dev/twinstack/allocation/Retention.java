package dev.twinstack.allocation;

import java.time.Duration;

/// For how long the addresses of a deleted Service stay out of use: until `keepAfterDelete` is over
/// a Service of the same name gets them back; after that nobody gets them until `reuseAfter` is
/// over, too.
public record Retention(Duration keepAfterDelete, Duration reuseAfter) {

    /// Free at once.
    public static final Retention NONE = new Retention(Duration.ZERO, Duration.ZERO);

    /// @throws IllegalArgumentException if one of them is negative
    public Retention {
        if (keepAfterDelete.isNegative() || reuseAfter.isNegative()) {
            throw new IllegalArgumentException("a retention must not be negative");
        }
    }

    /// Whether anything is kept at all.
    public boolean isNone() {
        return keepAfterDelete.isZero() && reuseAfter.isZero();
    }
}
