package dev.twinstack.config;

import dev.twinstack.crd.Selector;
import dev.twinstack.selector.LabelSelector;
import dev.twinstack.selector.LabelSelector.Operator;
import dev.twinstack.selector.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Label selectors as written become [LabelSelector]s, or errors: what the API server refuses in
/// its own kinds, and MetalLB's refusal of everything that stands twice.
final class Selectors {

    private static final String NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    private static final Pattern KEY =
            Pattern.compile("([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?" + NAME);
    private static final Pattern VALUE = Pattern.compile("(" + NAME + ")?");

    private Selectors() {}

    /// Whether one of them matches, or there are none.
    static boolean anyMatches(List<LabelSelector> selectors, Map<String, String> labels) {
        return selectors.isEmpty()
                || selectors.stream().anyMatch(selector -> selector.matches(labels));
    }

    /// A list without repeats; two selectors are the same whatever the order of their parts.
    static List<LabelSelector> distinct(Problems problems, String path, List<Selector> written) {
        List<LabelSelector> selectors = list(problems, path, written);
        HashSet<Object> seen = new HashSet<>();
        for (int i = 0; i < selectors.size(); i++) {
            if (!seen.add(unordered(selectors.get(i)))) {
                problems.invalid("%s[%d]".formatted(path, i), "this selector is listed twice");
            }
        }
        return selectors;
    }

    static List<LabelSelector> list(Problems problems, String path, List<Selector> written) {
        List<LabelSelector> selectors = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            selectors.add(one(problems, "%s[%d]".formatted(path, i), written.get(i)));
        }
        return selectors;
    }

    static LabelSelector one(Problems problems, String path, Selector written) {
        written.matchLabels()
                .forEach((key, value) -> {
                    checkKey(problems, path + ".matchLabels", key);
                    checkValue(problems, path + ".matchLabels." + key, value);
                });
        List<Requirement> requirements = new ArrayList<>();
        HashSet<Object> seen = new HashSet<>();
        for (int i = 0; i < written.matchExpressions().size(); i++) {
            String at = "%s.matchExpressions[%d]".formatted(path, i);
            requirement(problems, at, written.matchExpressions().get(i))
                    .ifPresent(requirement -> {
                        requirements.add(requirement);
                        if (!seen.add(unordered(requirement))) {
                            problems.invalid(at, "this expression is listed twice");
                        }
                    });
        }
        return new LabelSelector(written.matchLabels(), requirements);
    }

    private static Optional<Requirement> requirement(
            Problems problems, String path, Selector.Expression written) {
        checkKey(problems, path + ".key", written.key());
        for (int i = 0; i < written.values().size(); i++) {
            checkValue(problems, "%s.values[%d]".formatted(path, i), written.values().get(i));
        }
        problems.refuseRepeats(path + ".values", written.values());
        return problems.read(path + ".operator", () -> Operator.parse(written.operator()))
                .flatMap(operator ->
                        problems.read(
                                path,
                                () -> new Requirement(written.key(), operator, written.values())));
    }

    private static void checkKey(Problems problems, String path, String key) {
        if (!KEY.matcher(key).matches()) {
            problems.invalid(path, "\"%s\" can't be the key of a label".formatted(key));
        }
    }

    private static void checkValue(Problems problems, String path, String value) {
        if (!VALUE.matcher(value).matches()) {
            problems.invalid(path, "\"%s\" can't be the value of a label".formatted(value));
        }
    }

    private static Object unordered(LabelSelector selector) {
        return List.of(
                selector.matchLabels(),
                new HashSet<>(
                        selector.matchExpressions().stream().map(Selectors::unordered).toList()));
    }

    private static Object unordered(Requirement requirement) {
        return List.of(
                requirement.key(), requirement.operator(), new HashSet<>(requirement.values()));
    }
}
