package dev.twinstack.bfd.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every script in `bfd-session/`: the answers in the file must be the answers of today. After a
/// change that is meant, `-Dgolden.update=true` rewrites the files; the difference is then to be
/// read.
class BfdGoldenTest {

    private static final Path SCRIPTS = Path.of("src/test/resources/bfd-session");

    @TestFactory
    Stream<DynamicTest> scriptsHaveTheirExpectedAnswers() throws IOException {
        return files().stream()
                .map(file ->
                        DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)));
    }

    @Test
    void everyFileIsAScript() throws IOException {
        assertThat(files()).isNotEmpty().allMatch(file -> file.toString().endsWith(".txt"));
    }

    private static void run(Path file) {
        try {
            String script = Files.readString(file);
            String answers = BfdScript.run(script);
            if (Boolean.getBoolean("golden.update")) {
                Files.writeString(file, answers);
            } else {
                assertThat(answers).isEqualTo(script);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.sorted().toList();
        }
    }
}
