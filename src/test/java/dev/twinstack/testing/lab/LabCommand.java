package dev.twinstack.testing.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs one of the commands of `lab/` to its end.
final class LabCommand {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private LabCommand() {}

    /// @return what it printed on standard output
    /// @throws AssertionError with what it said when it failed
    static String run(List<String> command) {
        try {
            Path out = Files.createTempFile("lab", ".out");
            Path err = Files.createTempFile("lab", ".err");
            try {
                Process process =
                        new ProcessBuilder(command)
                                .redirectOutput(out.toFile())
                                .redirectError(err.toFile())
                                .start();
                if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("hangs: " + command);
                }
                if (process.exitValue() != 0) {
                    throw new AssertionError(
                            "%s failed (%d): %s"
                                    .formatted(
                                            command, process.exitValue(), Files.readString(err)));
                }
                return Files.readString(out);
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
