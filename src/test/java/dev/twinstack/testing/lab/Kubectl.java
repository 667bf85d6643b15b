package dev.twinstack.testing.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The real kubectl with one kubeconfig.
public final class Kubectl {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final String binary;
    private final Path kubeconfig;

    Kubectl(String binary, Path kubeconfig) {
        this.binary = binary;
        this.kubeconfig = kubeconfig;
    }

    /// What one call printed.
    public record Result(int exitCode, String out, String err) {
        public boolean succeeded() {
            return exitCode == 0;
        }

        /// @throws AssertionError with what kubectl said when it failed
        public Result orFail() {
            if (!succeeded()) {
                throw new AssertionError("kubectl failed (%d): %s".formatted(exitCode, err));
            }
            return this;
        }
    }

    public Result run(String... arguments) {
        return run("", List.of(arguments));
    }

    /// `kubectl apply` of manifests as text; fails the test when they are refused.
    public Result apply(String manifests) {
        return tryApply(manifests).orFail();
    }

    /// `kubectl apply` of manifests as text, which may be refused.
    public Result tryApply(String manifests, String... arguments) {
        List<String> all = new ArrayList<>(List.of("apply", "-f", "-"));
        all.addAll(List.of(arguments));
        return run(manifests, all);
    }

    /// `kubectl replace`, or `create`, of one object as text; fails the test when it is refused.
    public Result replace(String manifest, boolean isNew) {
        return run(manifest, List.of(isNew ? "create" : "replace", "-f", "-")).orFail();
    }

    /// `kubectl apply -k` of a directory.
    public Result applyKustomization(Path directory) {
        return run("apply", "--server-side", "-k", directory.toString()).orFail();
    }

    private Result run(String input, List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of(binary, "--kubeconfig", kubeconfig.toString()));
        command.addAll(arguments);
        try {
            Path out = Files.createTempFile(kubeconfig.getParent(), "kubectl", ".out");
            Path err = Files.createTempFile(kubeconfig.getParent(), "kubectl", ".err");
            try {
                Process process =
                        new ProcessBuilder(command)
                                .redirectOutput(out.toFile())
                                .redirectError(err.toFile())
                                .start();
                process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().close();
                if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("kubectl hangs: " + arguments);
                }
                return new Result(
                        process.exitValue(), Files.readString(out), Files.readString(err));
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
