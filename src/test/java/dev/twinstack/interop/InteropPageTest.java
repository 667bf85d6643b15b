package dev.twinstack.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What people read about the matrix is what is tested.
class InteropPageTest {

    private static final Path PAGE = Path.of("docs", "interop.md");

    @Test
    void thePageHasEveryCellWithItsTest() throws IOException {
        // When
        List<String> lines = Files.readAllLines(PAGE);

        // Then
        List<String> expected = Cell.ALL.stream().map(InteropPageTest::line).toList();
        int first = lines.indexOf(expected.getFirst());
        assertThat(first).as(expected.getFirst()).isPositive();
        assertThat(lines.subList(first, first + expected.size() + 1))
                .startsWith(expected.toArray(String[]::new))
                .endsWith("");
    }

    private static String line(Cell cell) {
        return Arrays.stream(Daemon.values())
                .map(daemon ->
                        switch (cell.place(daemon)) {
                            case Place.Here _ -> "`InteropSessionIT`";
                            case Place.Elsewhere(String test) -> "`" + test + "`";
                            case Place.Impossible(String reason) -> "no: " + reason;
                        })
                .collect(Collectors.joining(" | ", "| " + cell.title() + " | ", " |"));
    }
}
