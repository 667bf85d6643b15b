package dev.twinstack.announce;

import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.net.IpPrefix;
import java.util.Map;
import java.util.stream.Collectors;

/// The decision about one Service on one node.
public sealed interface Announcement {

    /// What each peer gets of this Service, by peer name; nothing where it is silent.
    Map<String, Map<IpPrefix, RouteAttributes>> routes();

    /// The Service is announced.
    ///
    /// @param pool the pool its addresses are from
    /// @param routes by peer name; a peer without routes is not in it. Empty when this node has no
    ///   fitting peer
    record Announced(String pool, Map<String, Map<IpPrefix, RouteAttributes>> routes)
            implements Announcement {
        public Announced {
            routes =
                    routes.entrySet().stream()
                            .collect(
                                    Collectors.toUnmodifiableMap(
                                            Map.Entry::getKey,
                                            entry -> Map.copyOf(entry.getValue())));
        }
    }

    /// The Service is not announced from this node.
    ///
    /// @param detail one sentence for a person, with the names involved
    record Silent(SilenceReason reason, String detail) implements Announcement {
        @Override
        public Map<String, Map<IpPrefix, RouteAttributes>> routes() {
            return Map.of();
        }
    }
}
