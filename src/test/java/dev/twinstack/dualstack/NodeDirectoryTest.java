package dev.twinstack.dualstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinstack.crd.DualStackNodeSpec.Part;
import dev.twinstack.crd.DualStackNodeStatus.Stage;
import dev.twinstack.dualstack.NodeConversion.DropIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeDirectoryTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir private Path snap;
    private Path launcher = Path.of("");
    private NodeDirectory directory = new NodeDirectory(launcher, launcher);

    @BeforeEach
    void directories() throws IOException {
        launcher = Files.createDirectories(snap.resolve("common/etc/launcher"));
        Files.createDirectories(snap.resolve("current/args"));
        directory = new NodeDirectory(snap, launcher);
    }

    @Test
    void whatIsRememberedSurvivesARestart() throws IOException {
        // Given
        NodeState state =
                new NodeState(
                        Stage.RESTARTING, 7, Part.ARGUMENTS, NOW, NOW, "50-a.yaml", "waiting", 9);

        // When
        directory.save(state);

        // Then
        assertThat(new NodeDirectory(snap, launcher).load(Instant.EPOCH)).isEqualTo(state);
    }

    @Test
    void aStateThatCannotBeReadIsNoFreshStart() throws IOException {
        Files.createDirectories(launcher.resolve("twinstack"));
        Files.writeString(launcher.resolve("twinstack/state.json"), "{\"stage\": \"NEW\"}");

        assertThatThrownBy(() -> directory.load(NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("delete it");
    }

    @Test
    void theFirstBackupStays() throws IOException {
        directory.carryOut(new NodeAction.BackUp(Map.of("kubelet", "--v=1\n")));
        directory.carryOut(new NodeAction.BackUp(Map.of("kubelet", "--v=2\n")));

        assertThat(directory.backup()).containsExactly(Map.entry("kubelet", "--v=1\n"));
    }

    @Test
    void aDropInIsWaitingUntilItIsRenamed() throws IOException {
        // Given
        directory.carryOut(
                new NodeAction.Write("50-twinstack-1.yaml", "version: 0.1.0\n", Map.of()));
        assertThat(directory.dropIn("50-twinstack-1.yaml")).isEqualTo(DropIn.WAITING);

        // When
        Files.move(
                launcher.resolve("50-twinstack-1.yaml"),
                launcher.resolve("50-twinstack-1.yaml.applied"));

        // Then
        assertThat(directory.dropIn("50-twinstack-1.yaml")).isEqualTo(DropIn.APPLIED);
        assertThat(directory.dropIn("50-twinstack-2.yaml")).isEqualTo(DropIn.NONE);
    }

    @Test
    void namesOfTheCertificateAreThoseOfTheNewestFileInForce() throws IOException {
        // Given
        applied("a.yaml.applied", "extraSANs: [old.example.org]", 1);
        applied("b.yaml.applied", "extraSANs: [new.example.org, 192.0.2.1]", 2);
        Files.writeString(launcher.resolve("c.yaml"), "extraSANs: [not.yet.example.org]");

        assertThat(directory.extraSans()).containsExactly("new.example.org", "192.0.2.1");
    }

    @Test
    void onlyOurOwnFilesAreTidiedUp() throws IOException {
        // Given
        applied("theirs.yaml.applied", "version: 0.1.0", 1);
        applied("50-twinstack-1.yaml.applied", "version: 0.1.0", 2);

        // When
        directory.carryOut(
                new NodeAction.Write("50-twinstack-2.yaml", "version: 0.1.0\n", Map.of()));

        // Then
        assertThat(launcher.resolve("theirs.yaml.applied")).exists();
        assertThat(launcher.resolve("50-twinstack-1.yaml.applied")).doesNotExist();
    }

    private void applied(String name, String text, long age) throws IOException {
        Path file = Files.writeString(launcher.resolve(name), text + "\n");
        Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(age)));
    }
}
