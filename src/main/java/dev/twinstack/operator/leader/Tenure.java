package dev.twinstack.operator.leader;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Until when this process may decide, by a clock that goes on while the process is paused. A
/// leader that was stopped for a while knows at its first question that its time is over, before
/// any thread of the election has run. For any thread.
public final class Tenure {

    private sealed interface State {
        record Ended() implements State {}

        record Until(long nanos) implements State {}
    }

    private volatile State state = new State.Ended();
    private final LongSupplier nanoClock;

    /// @param nanoClock monotonic, as [System#nanoTime()]
    Tenure(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /// Whether this process may decide now.
    public boolean lasts() {
        return switch (state) {
            case State.Ended ended -> false;
            case State.Until until -> until.nanos - nanoClock.getAsLong() > 0;
        };
    }

    /// The lease was written; others leave it alone for at least `remaining` from now.
    void extend(Duration remaining) {
        state = new State.Until(nanoClock.getAsLong() + remaining.toNanos());
    }

    void end() {
        state = new State.Ended();
    }
}
