package dev.twinstack.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// One mapping of the old ConfigMap, read strictly: a key that is unknown or stands there twice is
/// a problem, named with its place and line. Scalars are what is written, not what YAML 1.1 makes
/// of it: `64512:1` is no number in base 60, `0123` not octal, a password `off` no boolean.
final class LegacyMapping {

    private static final Set<String> TRUE = Set.of("true", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "no", "off");
    private static final Set<String> NULL = Set.of("", "~", "null");

    private final String path;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Problems problems;

    private LegacyMapping(String path, Node node, Problems problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    /// @param keys all that may stand there; empty: any
    /// @return empty where it is no mapping; that is then among the problems
    static Optional<LegacyMapping> of(String path, Node node, Set<String> keys, Problems problems) {
        LegacyMapping mapping = new LegacyMapping(path, node, problems);
        if (!(node instanceof MappingNode written)) {
            problems.invalid(mapping.place(), "a mapping is expected here");
            return Optional.empty();
        }
        written.getValue().forEach(mapping::take);
        mapping.values.keySet().stream()
                .filter(key -> !keys.isEmpty() && !keys.contains(key))
                .forEach(key ->
                        problems.invalid(
                                mapping.place(key),
                                "is not known; there are "
                                        + String.join(", ", new TreeSet<>(keys))));
        return Optional.of(mapping);
    }

    private void take(NodeTuple entry) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            problems.invalid(place(path, entry.getKeyNode()), "a key must be text");
        } else if (values.containsKey(key.getValue())) {
            problems.invalid(place(join(key.getValue()), key), "stands there twice");
        } else if (!isNull(entry.getValueNode())) {
            values.put(key.getValue(), entry.getValueNode());
        }
    }

    /// Where this mapping stands: `peers[0] (line 3)`.
    String place() {
        return place(path, node);
    }

    /// Where a value of this mapping stands.
    String place(String key) {
        return place(join(key), values.getOrDefault(key, node));
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key))
                .flatMap(value -> scalar(join(key), value))
                .filter(text -> !text.isEmpty());
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node element : elements(key)) {
            scalar("%s[%d]".formatted(join(key), texts.size()), element).ifPresent(texts::add);
        }
        return texts;
    }

    /// The values of a mapping of texts.
    Map<String, String> map(String key) {
        Map<String, String> map = new LinkedHashMap<>();
        Optional.ofNullable(values.get(key))
                .flatMap(value -> of(join(key), value, Set.of(), problems))
                .ifPresent(its ->
                        its.values.keySet().forEach(name -> map.put(name, its.anyText(name))));
        return map;
    }

    private String anyText(String key) {
        return text(key).orElse("");
    }

    Optional<Boolean> flag(String key) {
        Optional<String> written = text(key).map(text -> text.toLowerCase(Locale.ROOT));
        if (written.isPresent()
                && !TRUE.contains(written.get())
                && !FALSE.contains(written.get())) {
            problems.invalid(place(key), "must be true or false");
        }
        return written.map(TRUE::contains);
    }

    Optional<Long> number(String key, long least, long most) {
        Optional<String> written = text(key);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> number =
                written.filter(text -> text.matches("[0-9]{1,10}"))
                        .map(Long::valueOf)
                        .filter(value -> value >= least && value <= most);
        if (number.isEmpty()) {
            problems.invalid(
                    place(key), "must be a whole number from %d to %d".formatted(least, most));
        }
        return number;
    }

    Optional<Integer> count(String key, int most) {
        return number(key, 0, most).map(Math::toIntExact);
    }

    /// @param keys all that may stand in each
    List<LegacyMapping> mappings(String key, Set<String> keys) {
        List<LegacyMapping> mappings = new ArrayList<>();
        int index = 0;
        for (Node element : elements(key)) {
            of("%s[%d]".formatted(join(key), index), element, keys, problems)
                    .ifPresent(mappings::add);
            index++;
        }
        return mappings;
    }

    private List<Node> elements(String key) {
        Node value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problems.invalid(place(key), "a list is expected here");
        return List.of();
    }

    private Optional<String> scalar(String where, Node value) {
        if (value instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        problems.invalid(place(where, value), "text is expected here");
        return Optional.empty();
    }

    private static boolean isNull(Node value) {
        return value instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && NULL.contains(scalar.getValue());
    }

    private String join(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String place(String path, Node node) {
        int line = node.getStartMark().getLine() + 1;
        return path.isEmpty() ? "line " + line : "%s (line %d)".formatted(path, line);
    }
}
