package dev.twinstack.config;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What each object was when it was last in force without an error, for the next load: an object
/// that has become bad, or has lost what it refers to, stays in force as it was. An object is known
/// by its uid, so one that was deleted and made anew is another one.
public final class LastGood {

    /// Before the first load: bad objects are left out.
    public static final LastGood NONE = new LastGood(Map.of());

    /// @param value what was made of the object, with what it referred to then
    record Good(HasMetadata object, Object value) {

        <T extends HasMetadata> Optional<T> object(Class<T> kind) {
            return Optional.of(object).filter(kind::isInstance).map(kind::cast);
        }

        <R> Optional<R> value(Class<R> kind) {
            return Optional.of(value).filter(kind::isInstance).map(kind::cast);
        }
    }

    private final Map<String, Good> byUid;

    LastGood(Map<String, Good> byUid) {
        this.byUid = Map.copyOf(byUid);
    }

    Optional<Good> of(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getUid()).map(byUid::get);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LastGood that && byUid.equals(that.byUid);
    }

    @Override
    public int hashCode() {
        return byUid.hashCode();
    }

    /// Of passwords nothing is shown.
    @Override
    public String toString() {
        return "LastGood" + byUid.keySet();
    }
}
