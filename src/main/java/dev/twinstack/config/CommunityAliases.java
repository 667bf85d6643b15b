package dev.twinstack.config;

import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.LargeCommunity;
import dev.twinstack.crd.CommunitySpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The names that Community objects give to communities, and the communities themselves as text.
final class CommunityAliases {

    private static final String LARGE = "large:";

    /// A community of either kind.
    sealed interface Value {

        record Standard(Community community) implements Value {}

        record Large(LargeCommunity community) implements Value {}
    }

    private record Named(Value value, String object) {}

    private final Map<String, Named> byName = new HashMap<>();

    /// Takes the object's names, all of them or, if anything is wrong, none.
    void add(String object, List<CommunitySpec.Alias> written, Problems problems) {
        Map<String, Named> fresh = new HashMap<>();
        for (int i = 0; i < written.size(); i++) {
            String path = "spec.communities[%d]".formatted(i);
            String name = orEmpty(written.get(i).name());
            String value = orEmpty(written.get(i).value());
            Named elder = byName.get(name);
            if (elder != null) {
                problems.conflict(
                        path + ".name",
                        "\"%s\" is already named by %s".formatted(name, elder.object()));
            } else if (fresh.containsKey(name)) {
                problems.invalid(path + ".name", "\"%s\" is listed twice".formatted(name));
            }
            problems.read(path + ".value", () -> parse(value))
                    .ifPresent(parsed -> fresh.put(name, new Named(parsed, object)));
        }
        if (problems.isEmpty()) {
            byName.putAll(fresh);
        }
    }

    /// A community as a BGPAdvertisement may write it: a name, or the numbers themselves.
    Optional<Value> find(String path, String text, Problems problems) {
        Named named = byName.get(text);
        if (named != null) {
            return Optional.of(named.value());
        }
        if (text.indexOf(':') >= 0) {
            return problems.read(path, () -> parse(text));
        }
        problems.missing(
                path,
                "\"%s\" is neither a community (64512:100 or large:64512:1:2) nor a name from a Community object"
                        .formatted(text));
        return Optional.empty();
    }

    private static Value parse(String text) {
        return text.startsWith(LARGE)
                ? new Value.Large(LargeCommunity.parse(text))
                : new Value.Standard(Community.parse(text));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
