package dev.twinstack.config;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.List;

/// Who stays where two objects can't both be in force: the older one, by creation time, then by
/// name. An object that is not stored yet is the youngest.
final class Elders {

    private static final Comparator<HasMetadata> BY_AGE =
            Comparator.<HasMetadata, String>comparing(
                            object -> object.getMetadata().getCreationTimestamp(),
                            nullsLast(naturalOrder()))
                    .thenComparing(
                            comparing(
                                    object -> object.getMetadata().getName(),
                                    nullsLast(naturalOrder())));

    private Elders() {}

    static <T extends HasMetadata> List<T> first(List<T> objects) {
        return objects.stream().sorted(BY_AGE).toList();
    }
}
