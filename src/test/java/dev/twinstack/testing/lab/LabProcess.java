package dev.twinstack.testing.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One process that a test has started, with its output in a file. Ends with the test's JVM at the
/// latest.
public final class LabProcess implements AutoCloseable {

    private static final long GRACE_SECONDS = 10;

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread hook;

    private LabProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    public static LabProcess start(
            String name, Path directory, List<String> command, Map<String, String> environment) {
        try {
            Files.createDirectories(directory);
            Path log = directory.resolve(name + ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return new LabProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return log;
    }

    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws AssertionError with the end of the log when the process has ended
    public void assertAlive() {
        if (!process.isAlive()) {
            List<String> lines = output().lines().toList();
            List<String> tail = lines.subList(Math.max(0, lines.size() - 30), lines.size());
            throw new AssertionError(
                    "%s ended with %d:%n%s"
                            .formatted(name, process.exitValue(), String.join("\n", tail)));
        }
    }

    /// `SIGSTOP`: the process keeps its connections and does nothing.
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    /// `SIGKILL`: nothing is tidied up.
    public void kill() {
        process.destroyForcibly();
        await();
        forget();
    }

    /// `SIGTERM`, and `SIGKILL` for who does not listen.
    ///
    /// @return the exit code
    public int stop() {
        process.destroy();
        int code = await();
        forget();
        return code;
    }

    @Override
    public void close() {
        stop();
    }

    private int await() {
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                return process.destroyForcibly().waitFor();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " was ending", e);
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is already going down: the hook has run or will.
        }
    }

    private void signal(String signal) {
        try {
            int code =
                    new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                            .inheritIO()
                            .start()
                            .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + signal + " " + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
