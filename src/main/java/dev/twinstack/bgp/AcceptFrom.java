package dev.twinstack.bgp;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.util.Set;

/// Neighbours that come by themselves: whoever calls from one of these prefixes gets a session with
/// the settings of the peer this belongs to.
///
/// @param limit how many at once
public record AcceptFrom(Set<IpPrefix> prefixes, int limit) {

    public static final int DEFAULT_LIMIT = 16;
    public static final int MAX_LIMIT = 1024;

    public AcceptFrom {
        prefixes = Set.copyOf(prefixes);
        if (prefixes.isEmpty()) {
            throw new IllegalArgumentException("no prefix to accept peers from");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "a limit of %d peers is not in 1..%d".formatted(limit, MAX_LIMIT));
        }
    }

    public boolean contains(IpAddress address) {
        return prefixes.stream().anyMatch(prefix -> prefix.contains(address));
    }
}
