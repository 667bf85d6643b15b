package dev.twinstack.operator.controller;

import org.jspecify.annotations.Nullable;

/// Steps that don't depend on each other: all are tried, then the first failure is thrown, with the
/// others suppressed.
final class Failures {

    private @Nullable RuntimeException first;

    void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            if (first == null) {
                first = e;
            } else if (first != e) {
                first.addSuppressed(e);
            }
        }
    }

    void rethrow() {
        if (first != null) {
            throw first;
        }
    }
}
