package dev.twinstack.operator.controller;

import java.util.ArrayList;
import java.util.List;

/// Steps that don't depend on each other: all are tried, then the first failure is thrown, with the
/// others suppressed.
final class Failures {

    private final List<RuntimeException> failures = new ArrayList<>();

    void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    void rethrow() {
        if (!failures.isEmpty()) {
            RuntimeException first = failures.getFirst();
            failures.stream().skip(1).distinct().forEach(first::addSuppressed);
            throw first;
        }
    }
}
