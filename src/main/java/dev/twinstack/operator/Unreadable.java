package dev.twinstack.operator;

import dev.twinstack.config.ConfigError;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// An object that is stored in another form than its kind has now, as when it was written before a
/// CRD's schema was tightened: only its metadata is read, and it is remembered why.
public final class Unreadable {

    /// Only in memory.
    private static final String MARK = "twinstack.dev/unreadable";

    private Unreadable() {}

    static void mark(HasMetadata object, String reason) {
        Map<String, String> present = object.getMetadata().getAnnotations();
        Map<String, String> annotations =
                present == null ? new HashMap<>() : new HashMap<>(present);
        annotations.put(MARK, reason);
        object.getMetadata().setAnnotations(annotations);
    }

    /// An annotation of this name that somebody has stored says nothing.
    static void unmark(HasMetadata object) {
        if (!isReadable(object)) {
            Map<String, String> annotations = new HashMap<>(object.getMetadata().getAnnotations());
            annotations.remove(MARK);
            object.getMetadata().setAnnotations(annotations);
        }
    }

    public static boolean isReadable(HasMetadata object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null || !annotations.containsKey(MARK);
    }

    /// What is to be said of it; empty for one that could be read.
    static Optional<ConfigError> error(HasMetadata object) {
        return isReadable(object)
                ? Optional.empty()
                : Optional.of(
                        new ConfigError(
                                ConfigError.nameOf(object),
                                "",
                                "cannot be read, write it anew: "
                                        + object.getMetadata().getAnnotations().get(MARK),
                                ConfigError.Kind.INVALID));
    }
}
