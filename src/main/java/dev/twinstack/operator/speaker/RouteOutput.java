package dev.twinstack.operator.speaker;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.net.IpPrefix;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// Who talks to the peers.
interface RouteOutput {

    /// All peers from now on; who stays unchanged is not touched.
    void setPeers(Collection<PeerSettings> peers);

    /// What changes for one of these peers.
    void setRoutes(String peer, Map<IpPrefix, RouteAttributes> changed, Set<IpPrefix> withdrawn);
}
