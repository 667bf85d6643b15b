package dev.twinstack.testing.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// One JSON object of the conformance data, read strictly: a field that nobody asked for fails, so
/// that a case is never half understood.
public final class Fields {

    private final JsonNode node;
    private final String where;
    private final Set<String> read = new HashSet<>();

    public Fields(JsonNode node, String where) {
        this.node = node;
        this.where = where;
        if (!node.isObject()) {
            throw new AssertionError(where + " is not an object: " + node);
        }
    }

    /// The file of this name in `-Dconformance.dir`, by default the project's own.
    public static Fields file(String name) {
        Path directory =
                Path.of(System.getProperty("conformance.dir", "src/test/resources/conformance"));
        try {
            String text = Files.readString(directory.resolve(name));
            return new Fields(new ObjectMapper().readTree(text), name);
        } catch (IOException e) {
            throw new AssertionError("can't read " + name + " in " + directory, e);
        }
    }

    public boolean has(String field) {
        read.add(field);
        return node.hasNonNull(field);
    }

    /// Fields that say something to people only.
    public void remarks(String... fields) {
        read.addAll(List.of(fields));
    }

    public String text(String field) {
        return required(field).asText();
    }

    public String text(String field, String absent) {
        return has(field) ? node.get(field).asText() : absent;
    }

    public long number(String field) {
        JsonNode value = required(field);
        if (!value.isIntegralNumber()) {
            throw new AssertionError("%s.%s is no number: %s".formatted(where, field, value));
        }
        return value.asLong();
    }

    public boolean flag(String field, boolean absent) {
        return has(field) ? node.get(field).asBoolean() : absent;
    }

    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        if (has(field)) {
            node.get(field).forEach(element -> texts.add(element.asText()));
        }
        return texts;
    }

    /// String values by name; null values stay as empty strings.
    public Map<String, String> map(String field) {
        Map<String, String> map = new TreeMap<>();
        if (has(field)) {
            node.get(field).properties().forEach(e -> map.put(e.getKey(), e.getValue().asText("")));
            node.get(field)
                    .properties()
                    .forEach(e -> {
                        if (e.getValue().isNull()) {
                            map.put(e.getKey(), "");
                        }
                    });
        }
        return map;
    }

    public List<Fields> objects(String field) {
        List<Fields> objects = new ArrayList<>();
        if (has(field)) {
            for (JsonNode element : node.get(field)) {
                objects.add(new Fields(element, where + "." + field + "[" + objects.size() + "]"));
            }
        }
        return objects;
    }

    public Fields object(String field) {
        return new Fields(required(field), where + "." + field);
    }

    /// The value as it is written; a JSON null if it is not there.
    public JsonNode raw(String field) {
        read.add(field);
        return node.path(field);
    }

    /// The object, or one without fields.
    public Fields objectOrEmpty(String field) {
        return has(field)
                ? object(field)
                : new Fields(JsonNodeFactory.instance.objectNode(), where + "." + field);
    }

    public void ifPresent(String field, Consumer<Fields> reader) {
        if (has(field)) {
            reader.accept(object(field));
        }
    }

    public Set<String> names() {
        Set<String> names = new HashSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /// Fails if there is a field that was not read.
    public void end() {
        Set<String> unread = names();
        unread.removeAll(read);
        if (!unread.isEmpty()) {
            throw new AssertionError(where + " has fields that the test doesn't know: " + unread);
        }
    }

    private JsonNode required(String field) {
        if (!has(field)) {
            throw new AssertionError(where + " has no " + field);
        }
        return node.get(field);
    }

    @Override
    public String toString() {
        return where + " " + node;
    }
}
