package dev.twinstack.announce;

import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.net.IpPrefix;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Gathers the routes of one Service from the advertisements that fit it, and notices when two of
/// them want different LOCAL_PREFs for one prefix at one peer.
final class ServiceRoutes {

    private final Map<String, Map<IpPrefix, RouteAttributes>> byPeer = new HashMap<>();
    private String conflict = "";

    void add(String peer, IpPrefix prefix, RouteAttributes attributes) {
        Map<IpPrefix, RouteAttributes> prefixes =
                byPeer.computeIfAbsent(peer, any -> new HashMap<>());
        RouteAttributes earlier = prefixes.putIfAbsent(prefix, attributes);
        if (earlier == null) {
            return;
        }
        if (!earlier.localPref().equals(attributes.localPref())) {
            conflict =
                    "advertisements want LOCAL_PREF %s and %s for %s at peer %s"
                            .formatted(text(earlier), text(attributes), prefix, peer);
        }
        prefixes.put(prefix, AttributeUnion.unite(earlier, attributes));
    }

    /// What the advertisements disagree about, in words.
    Optional<String> conflict() {
        return conflict.isEmpty() ? Optional.empty() : Optional.of(conflict);
    }

    Map<String, Map<IpPrefix, RouteAttributes>> byPeer() {
        return byPeer;
    }

    private static String text(RouteAttributes attributes) {
        return attributes.localPref().isPresent()
                ? Long.toString(attributes.localPref().getAsLong())
                : "unset";
    }
}
