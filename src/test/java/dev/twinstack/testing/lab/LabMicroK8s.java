package dev.twinstack.testing.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `lab/microk8s`, the stand-in for MicroK8s' commands, on a [LabCluster]. What it runs in a pod is
/// the packaged program on this machine.
public final class LabMicroK8s {

    private static final long TIMEOUT_SECONDS = 180;

    private final Path home;

    /// What one command printed, on both streams in the order it came.
    public record Result(int exitCode, String text) {}

    private LabMicroK8s(Path home) {
        this.home = home;
    }

    public static LabMicroK8s on(LabCluster cluster) {
        LabMicroK8s microk8s = new LabMicroK8s(cluster.directory().resolve("microk8s"));
        Result done =
                microk8s.run(
                        "setup",
                        "--kubeconfig",
                        cluster.adminKubeconfig().toString(),
                        "--kubectl",
                        LabBinaries.find().path("kubectl"),
                        "--program",
                        Path.of("src/main/launcher/twinstack").toAbsolutePath().toString());
        if (done.exitCode() != 0) {
            throw new AssertionError(done.text());
        }
        return microk8s;
    }

    public Path data() {
        return home.resolve("data");
    }

    public Path common() {
        return home.resolve("common");
    }

    /// `microk8s WORD...`, or options of the stand-in before them.
    public Result run(String... words) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of("lab/microk8s").toAbsolutePath().toString(),
                                "--home",
                                home.toString()));
        command.addAll(List.of(words));
        try {
            Files.createDirectories(home);
            Path output = Files.createTempFile(home, "run", ".out");
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectOutput(output.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "hangs: %s%n%s".formatted(command, Files.readString(output)));
            }
            return new Result(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
