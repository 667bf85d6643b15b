package dev.twinstack.operator;

import dev.twinstack.crd.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Conditions of our own kinds.
public final class Conditions {

    private static final String NEVER = "1970-01-01T00:00:00Z";

    private Conditions() {}

    public static Condition yes(
            String type, String reason, String message, @Nullable Long generation) {
        return new Condition(type, Condition.Status.TRUE, generation, NEVER, reason, message);
    }

    public static Condition no(
            String type, String reason, String message, @Nullable Long generation) {
        return new Condition(type, Condition.Status.FALSE, generation, NEVER, reason, message);
    }

    /// The same with the time of their last change: that of before where the status is the same,
    /// else now.
    public static List<Condition> since(
            List<Condition> before, List<Condition> conditions, Instant now) {
        String today = now.truncatedTo(ChronoUnit.SECONDS).toString();
        return conditions.stream()
                .map(condition ->
                        new Condition(
                                condition.type(),
                                condition.status(),
                                condition.observedGeneration(),
                                before.stream()
                                        .filter(old -> old.type().equals(condition.type()))
                                        .filter(old -> old.status() == condition.status())
                                        .map(Condition::lastTransitionTime)
                                        .findFirst()
                                        .orElse(today),
                                condition.reason(),
                                condition.message()))
                .toList();
    }
}
