package dev.twinstack.admission;

import java.time.Duration;

/// Learns of every answer of the webhook listener. For any thread; must return at once.
@FunctionalInterface
public interface WebhookMetrics {

    /// @param path what was asked, one of the served paths
    /// @param took from the last byte of the request to the answer
    void answered(String path, Outcome outcome, Duration took);

    /// How an answer came out.
    enum Outcome {
        ALLOWED,
        PATCHED,
        REFUSED,
        CONVERTED,
        MALFORMED,
        FAILED
    }
}
