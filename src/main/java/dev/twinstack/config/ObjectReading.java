package dev.twinstack.config;

import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// One load of all objects: collects the errors, puts the [LastGood] state of an object in the
/// place of a bad one, and notes what is good now.
final class ObjectReading {

    /// Makes something of it, or says what is wrong; both where only a part can be used.
    @FunctionalInterface
    interface Step<T, R> {
        Optional<R> take(T from, Problems problems);
    }

    /// How one kind is read.
    ///
    /// @param reader looks at the object by itself
    /// @param admission looks at it beside its elders, and leaves no trace of what it refuses
    record Kind<T extends CustomResource<?, ?>, R>(
            Class<T> objects, Class<R> values, Step<T, R> reader, Step<R, R> admission) {}

    private static final String STAYS = "; the last valid version stays in force";

    private final LastGood before;
    private final Map<String, LastGood.Good> good = new HashMap<>();
    private final List<ConfigError> errors = new ArrayList<>();

    ObjectReading(LastGood before) {
        this.before = before;
    }

    List<ConfigError> errors() {
        return List.copyOf(errors);
    }

    LastGood lastGood() {
        return new LastGood(good);
    }

    /// The object that is in force in place of this one, or the object itself.
    <T extends CustomResource<?, ?>> T inForce(T object, Class<T> kind) {
        return Optional.ofNullable(object.getMetadata().getUid())
                .map(good::get)
                .flatMap(last -> last.object(kind))
                .orElse(object);
    }

    /// What is made of each object, older ones first; an object without a name, or with the name of
    /// an older one, is not read.
    <T extends CustomResource<?, ?>, R> List<R> all(List<T> written, Kind<T, R> kind) {
        List<R> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (T object : Elders.first(written)) {
            Problems problems = new Problems(ConfigError.nameOf(object));
            String name = object.getMetadata().getName();
            if (name == null || name.isEmpty()) {
                problems.invalid("metadata.name", "is missing");
            } else if (!names.add(name)) {
                problems.invalid("metadata.name", "another object has the same name");
            } else {
                one(object, kind, problems).ifPresent(read::add);
                continue;
            }
            errors.addAll(problems.errors());
        }
        return read;
    }

    private <T extends CustomResource<?, ?>, R> Optional<R> one(
            T object, Kind<T, R> kind, Problems problems) {
        Optional<LastGood.Good> last = before.of(object);
        Optional<R> written =
                kind.reader()
                        .take(object, problems)
                        .filter(_ -> problems.isEmpty() || !isBadEdit(object, last));
        Optional<R> inForce = written.flatMap(value -> kind.admission().take(value, problems));
        if (inForce.isPresent()) {
            errors.addAll(problems.errors());
            if (problems.isEmpty()) {
                note(object, new LastGood.Good(object, written.orElseThrow()));
            } else {
                last.ifPresent(state -> note(object, state));
            }
            return inForce;
        }
        Optional<R> stays = last.flatMap(state -> again(state, kind));
        stays.ifPresent(_ -> note(object, last.orElseThrow()));
        String more = stays.isPresent() ? STAYS : "";
        problems.errors().forEach(error -> errors.add(error.withMore(more)));
        return stays;
    }

    /// Read anew if that is still possible, as pools may have changed; else as it was read then.
    private static <T extends CustomResource<?, ?>, R> Optional<R> again(
            LastGood.Good state, Kind<T, R> kind) {
        Problems untold = new Problems("");
        return state.object(kind.objects())
                .flatMap(object -> kind.reader().take(object, untold))
                .or(() -> state.value(kind.values()))
                .flatMap(value -> kind.admission().take(value, new Problems("")));
    }

    /// What can be used in part only is used in part, unless the object's own change is to blame.
    private static boolean isBadEdit(CustomResource<?, ?> object, Optional<LastGood.Good> last) {
        return last.flatMap(state -> state.object(CustomResource.class))
                .filter(before -> !Objects.equals(before.getSpec(), object.getSpec()))
                .isPresent();
    }

    private void note(CustomResource<?, ?> object, LastGood.Good state) {
        String uid = object.getMetadata().getUid();
        if (uid != null) {
            good.put(uid, state);
        }
    }
}
