package dev.twinstack.router;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One mapping of a YAML file with its place, read strictly: what is missing, of the wrong kind or
/// unknown is an error that names the place.
final class YamlObject {

    private final String path;
    private final JsonNode node;

    private YamlObject(String path, JsonNode node) {
        this.path = path;
        this.node = node;
    }

    /// @param keys all keys that may stand there
    static YamlObject of(String path, JsonNode node, Set<String> keys)
            throws RouterConfigException {
        if (!node.isObject()) {
            throw new RouterConfigException(
                    path.isEmpty() ? "(file)" : path, "expected a mapping of " + sorted(keys));
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!keys.contains(name)) {
                throw new RouterConfigException(
                        join(path, name), "unknown field; known are " + sorted(keys));
            }
        }
        return new YamlObject(path, node);
    }

    String path(String key) {
        return join(path, key);
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    /// The mappings of a list; none when it is missing.
    List<YamlObject> objects(String key, Set<String> keys) throws RouterConfigException {
        List<YamlObject> objects = new ArrayList<>();
        for (JsonNode element : list(key)) {
            objects.add(of("%s[%d]".formatted(path(key), objects.size()), element, keys));
        }
        return objects;
    }

    /// The mapping of a key, if it is there.
    Optional<YamlObject> object(String key, Set<String> keys) throws RouterConfigException {
        return has(key) ? Optional.of(of(path(key), required(key), keys)) : Optional.empty();
    }

    /// The texts of a list; none when it is missing.
    List<String> texts(String key) throws RouterConfigException {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list(key)) {
            if (!element.isTextual()) {
                throw new RouterConfigException(
                        "%s[%d]".formatted(path(key), texts.size()), "expected text");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    IpAddress address(String key) throws RouterConfigException {
        String text = text(key);
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RouterConfigException(path(key), String.valueOf(e.getMessage()));
        }
    }

    Asn asn(String key) throws RouterConfigException {
        required(key);
        return new Asn(number(key, 1, 0xffff_ffffL, 0));
    }

    /// @param absent what a missing key means
    long number(String key, long least, long most, long absent) throws RouterConfigException {
        if (!has(key)) {
            return absent;
        }
        JsonNode value = required(key);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw new RouterConfigException(
                    path(key), "expected a whole number from %d to %d".formatted(least, most));
        }
        return value.longValue();
    }

    boolean flag(String key, boolean absent) throws RouterConfigException {
        if (!has(key)) {
            return absent;
        }
        JsonNode value = required(key);
        if (!value.isBoolean()) {
            throw new RouterConfigException(path(key), "expected true or false");
        }
        return value.booleanValue();
    }

    boolean isText(String key) {
        return node.path(key).isTextual();
    }

    String text(String key) throws RouterConfigException {
        JsonNode value = required(key);
        if (!value.isTextual()) {
            throw new RouterConfigException(path(key), "expected text");
        }
        return value.textValue();
    }

    private JsonNode required(String key) throws RouterConfigException {
        JsonNode value = node.get(key);
        if (value == null || value.isNull() || (value.isTextual() && value.textValue().isEmpty())) {
            throw new RouterConfigException(path(key), "is missing");
        }
        return value;
    }

    private Iterable<JsonNode> list(String key) throws RouterConfigException {
        if (!has(key)) {
            return List.of();
        }
        JsonNode value = required(key);
        if (!value.isArray()) {
            throw new RouterConfigException(path(key), "expected a list");
        }
        return value;
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String sorted(Set<String> keys) {
        return String.join(", ", new TreeSet<>(keys));
    }
}
