package dev.twinstack.announce;

import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.net.IpPrefix;
import java.util.Map;
import java.util.Set;

/// What one peer has to be told.
///
/// @param announced new prefixes, and known ones with other attributes
/// @param withdrawn prefixes that no Service stands behind any more
public record RouteChanges(Map<IpPrefix, RouteAttributes> announced, Set<IpPrefix> withdrawn) {

    public RouteChanges {
        announced = Map.copyOf(announced);
        withdrawn = Set.copyOf(withdrawn);
    }

    public boolean isEmpty() {
        return announced.isEmpty() && withdrawn.isEmpty();
    }
}
