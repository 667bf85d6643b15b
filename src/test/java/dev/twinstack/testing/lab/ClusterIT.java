package dev.twinstack.testing.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The image itself: on three nodes with real containerd, kubelet and kube-proxy, and built twice.
/// What is checked on the nodes, and in which words, stands in `lab/lib/cluster-check.sh`.
class ClusterIT {

    private static final Path ROOT = Path.of("").toAbsolutePath();

    @Test
    void theAddonsWayFromTheArchiveToCurlAndBack() throws Exception {
        // Given the archive that `make image` built, when it is enabled on a cluster of its own
        Path log = ROOT.resolve("target/cluster.log");
        int code = run(log, 10, ROOT + "/lab/cluster");

        // Then each step ended well
        assertThat(code).as(Files.readString(log)).isZero();
        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.contains("ok: curl from the client"))
                .anyMatch(line -> line.contains("ok: disabled; only the user's objects are left"));
    }

    @Test
    void theSameInputGivesTheSameImage() throws Exception {
        // Given an archive
        Path first = archive(ROOT.resolve("target/image"));

        // When it is built again, elsewhere
        Path again = Files.createDirectories(ROOT.resolve("target/image-again"));
        int code = run(again.resolve("log"), 10, ROOT + "/image/build", "--into", again.toString());

        // Then it is the same to the last octet
        assertThat(code).as(Files.readString(again.resolve("log"))).isZero();
        assertThat(digest(archive(again))).isEqualTo(digest(first));
    }

    private static Path archive(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith("-oci.tar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no image: make image"));
        }
    }

    private static String digest(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static int run(Path log, int minutes, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        Process process = builder.redirectOutput(log.toFile()).start();
        if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
            // It ends all that it started, given the time.
            process.destroy();
            boolean _ = process.waitFor(1, TimeUnit.MINUTES);
            process.destroyForcibly();
            throw new AssertionError("hangs: " + Files.readString(log));
        }
        return process.exitValue();
    }
}
