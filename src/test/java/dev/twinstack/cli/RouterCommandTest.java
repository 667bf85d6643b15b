package dev.twinstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RouterCommandTest {

    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    @TempDir private Path directory;

    @Test
    void aBadFileIsOneLineWithThePlaceAndExitCodeTwo() throws IOException {
        Path file = directory.resolve("router.yaml");
        Files.writeString(
                file, "asn: 64500\nrouterId: 192.0.2.1\npeers:\n  - address: 192.0.2.300\n");

        int exit = execute("router", "--config", file.toString());

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(
                        "twinstack: %s: peers[0].address: invalid IP address \"192.0.2.300\"\n"
                                .formatted(file));
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = directory.resolve("none.yaml");

        assertThat(execute("router", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("twinstack: %s: no such file\n".formatted(file));
    }

    @Test
    void aFileThatIsNoTextIsNamed() throws IOException {
        Path file = directory.resolve("binary.yaml");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThat(execute("router", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("cannot be read as UTF-8 text").hasLineCount(1);
    }

    @Test
    void theFileIsShownInHelp() {
        assertThat(execute("router", "--help")).isZero();
        assertThat(out.toString()).contains("routerId: 192.0.2.1", "Examples:");
    }

    private int execute(String... arguments) {
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        return commands.execute(arguments);
    }
}
