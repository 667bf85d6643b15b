package dev.twinstack.bgp.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A file with one JSON object a line, from the directory `-Dbgp.vectors.dir`.
public final class VectorFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private VectorFile() {}

    /// All lines of the file.
    public static List<JsonNode> lines(String name) {
        Path file = Path.of(System.getProperty("bgp.vectors.dir"), name);
        List<JsonNode> lines = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    lines.add(JSON.readTree(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (lines.isEmpty()) {
            throw new AssertionError(file + " is empty");
        }
        return lines;
    }

    /// Fails on a field that no test looks at.
    public static void requireKnown(JsonNode object, Set<String> known) {
        Set<String> unknown = new TreeSet<>();
        object.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new AssertionError("Fields nobody looks at: " + unknown);
        }
    }
}
