package dev.twinstack.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Collects what is wrong with one object while it is read to its end.
final class Problems {

    private final String object;
    private final List<ConfigError> errors = new ArrayList<>();

    Problems(String object) {
        this.object = object;
    }

    void invalid(String path, String reason) {
        errors.add(new ConfigError(object, path, reason, ConfigError.Kind.INVALID));
    }

    void conflict(String path, String reason) {
        errors.add(new ConfigError(object, path, reason, ConfigError.Kind.CONFLICT));
    }

    void missing(String path, String reason) {
        errors.add(new ConfigError(object, path, reason, ConfigError.Kind.MISSING_REFERENCE));
    }

    /// What `reader` gives; its IllegalArgumentException becomes an error.
    <T> Optional<T> read(String path, Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (IllegalArgumentException e) {
            invalid(path, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /// Names each entry that stood in the list before.
    <T> void refuseRepeats(String path, List<T> entries) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.indexOf(entries.get(i)) < i) {
                invalid(
                        "%s[%d]".formatted(path, i),
                        "%s is listed twice".formatted(entries.get(i)));
            }
        }
    }

    boolean isEmpty() {
        return errors.isEmpty();
    }

    List<ConfigError> errors() {
        return List.copyOf(errors);
    }
}
