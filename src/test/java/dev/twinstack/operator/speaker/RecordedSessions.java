package dev.twinstack.operator.speaker;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Stands in for the BGP speaker: keeps what it was told, as the peers would have it, and each
/// call.
final class RecordedSessions implements RouteOutput {

    /// One call of [#setRoutes].
    record Call(String peer, Map<IpPrefix, RouteAttributes> changed, Set<IpPrefix> withdrawn) {}

    final Map<String, PeerSettings> peers = new HashMap<>();
    final Map<String, Map<IpPrefix, RouteAttributes>> routes = new TreeMap<>();
    final List<Call> calls = new ArrayList<>();
    int peerCalls;

    /// The next calls of [#setRoutes] that fail.
    int failures;

    @Override
    public void setPeers(Collection<PeerSettings> all) {
        peerCalls++;
        peers.clear();
        all.forEach(peer -> peers.put(peer.name(), peer));
        routes.keySet().retainAll(peers.keySet());
        peers.keySet().forEach(peer -> routes.putIfAbsent(peer, new TreeMap<>()));
    }

    @Override
    public void setRoutes(
            String peer, Map<IpPrefix, RouteAttributes> changed, Set<IpPrefix> withdrawn) {
        if (failures > 0) {
            failures--;
            throw new IllegalStateException("cannot take routes");
        }
        calls.add(new Call(peer, Map.copyOf(changed), Set.copyOf(withdrawn)));
        Map<IpPrefix, RouteAttributes> has = routes.get(peer);
        if (has == null) {
            throw new AssertionError("routes for a peer that is none: " + peer);
        }
        has.putAll(changed);
        has.keySet().removeAll(withdrawn);
    }
}
