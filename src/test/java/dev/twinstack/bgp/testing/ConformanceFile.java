package dev.twinstack.bgp.testing;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;

/// The sections of `bgp_wire.json`, from the directory `-Dconformance.dir`.
public final class ConformanceFile {

    private static final Set<String> SECTIONS =
            Set.of("schema", "opens", "updates", "withdraws", "rules", "communities", "order");

    private ConformanceFile() {}

    /// One test a case, named by one of its fields. None where the section is empty.
    public static Stream<DynamicTest> tests(
            String section, String nameField, Consumer<JsonNode> test) {
        return StreamSupport.stream(section(section).spliterator(), false)
                .map(one ->
                        dynamicTest(
                                "\"" + one.get(nameField).asText() + "\"", () -> test.accept(one)));
    }

    /// The texts of an array.
    public static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::textValue).toList();
    }

    private static JsonNode section(String name) {
        Path file = Path.of(System.getProperty("conformance.dir"), "bgp_wire.json");
        try {
            JsonNode root = new ObjectMapper().readTree(Files.readString(file));
            VectorFile.requireKnown(root, SECTIONS);
            return root.get(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
