package dev.twinstack.cli;

import io.quarkus.runtime.Quarkus;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Starts Quarkus with the configuration of a command and waits until it ends.
final class QuarkusLaunch {

    private QuarkusLaunch() {}

    /// A start that fails is told in full on standard error: there may be no log yet.
    ///
    /// @return the program's exit code
    static int run(Map<String, String> properties) {
        properties.forEach(System::setProperty);
        AtomicInteger exitCode = new AtomicInteger();
        Quarkus.run(
                null,
                (code, failure) -> {
                    exitCode.set(failure == null ? code : 1);
                    if (failure != null) {
                        failure.printStackTrace();
                    }
                });
        return exitCode.get();
    }
}
