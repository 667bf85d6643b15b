package dev.twinstack.operator;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/// What this process has taken in from the API server, for MetalLB's `k8s_client` metrics.
@Singleton
public final class ClusterCounters {

    private final LongAdder updates = new LongAdder();
    private final LongAdder errors = new LongAdder();

    /// One changed object, or one change of the configuration, was worked off.
    public void updated() {
        updates.increment();
    }

    /// It could not be worked off.
    public void failed() {
        errors.increment();
    }

    public long updates() {
        return updates.sum();
    }

    public long errors() {
        return errors.sum();
    }
}
