package dev.twinstack.config;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the old ConfigMap has given so far, and which line of it.
final class LegacyObjects {

    private final String namespace;
    private final Problems problems;
    private final List<CustomResource<?, ?>> objects = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> places = new HashMap<>();

    LegacyObjects(String namespace, Problems problems) {
        this.namespace = namespace;
        this.problems = problems;
    }

    /// @param from what it is made of
    <S, T extends CustomResource<S, ?>> void add(
            T object, String name, S spec, LegacyMapping from) {
        object.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        object.setSpec(spec);
        String other = places.putIfAbsent(ConfigError.nameOf(object), from.place());
        if (other == null) {
            objects.add(object);
        } else {
            problems.invalid(
                    from.place(),
                    "becomes %s %s, as %s does".formatted(object.getKind(), name, other));
        }
    }

    /// The name as an object can have it; what is wrong with it is a problem.
    String name(LegacyMapping from, String key) {
        String written = from.text(key).orElse("");
        if (written.isEmpty()) {
            problems.invalid(from.place(key), "is missing");
            return written;
        }
        String name = problems.read(from.place(key), () -> LegacyName.of(written)).orElse("");
        if (!name.equals(written) && !name.isEmpty()) {
            warn(from.place(key), "\"%s\" is called %s as an object".formatted(written, name));
        }
        return name;
    }

    void warn(String place, String text) {
        warnings.add(place + ": " + text);
    }

    List<CustomResource<?, ?>> objects() {
        return objects;
    }

    List<String> warnings() {
        return warnings;
    }

    /// By the objects' names for errors.
    Map<String, String> places() {
        return places;
    }
}
