package dev.twinstack.selector;

import java.util.List;
import java.util.Map;

/// A `metav1.LabelSelector`: all of its labels and expressions must match. The empty selector
/// matches everything.
public record LabelSelector(Map<String, String> matchLabels, List<Requirement> matchExpressions) {

    public static final LabelSelector EVERYTHING = new LabelSelector(Map.of(), List.of());

    public LabelSelector {
        matchLabels = Map.copyOf(matchLabels);
        matchExpressions = List.copyOf(matchExpressions);
    }

    /// One `matchExpressions` entry.
    ///
    /// @throws IllegalArgumentException where the API server's own validation would refuse it: In
    ///   and NotIn need values, Exists and DoesNotExist forbid them
    public record Requirement(String key, Operator operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
            if (key.isEmpty()) {
                throw new IllegalArgumentException("a match expression needs a key");
            }
            if (operator.takesValues() == values.isEmpty()) {
                throw new IllegalArgumentException(
                        "for operator %s of key %s values %s"
                                .formatted(
                                        operator,
                                        key,
                                        operator.takesValues() ? "must be set" : "must be empty"));
            }
        }

        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
            };
        }
    }

    /// The operators of the Kubernetes API.
    public enum Operator {
        IN("In"),
        NOT_IN("NotIn"),
        EXISTS("Exists"),
        DOES_NOT_EXIST("DoesNotExist");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        /// @throws IllegalArgumentException for anything but the four spellings of the API
        public static Operator parse(String text) {
            for (Operator operator : values()) {
                if (operator.text.equals(text)) {
                    return operator;
                }
            }
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a valid label selector operator");
        }

        boolean takesValues() {
            return this == IN || this == NOT_IN;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public boolean matches(Map<String, String> labels) {
        return matchLabels.entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
                && matchExpressions.stream().allMatch(requirement -> requirement.matches(labels));
    }
}
