package dev.twinstack.operator.speaker;

import dev.twinstack.allocation.ServiceKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What `ServiceBGPStatus` says: the peers that a Service is to be announced to, in order. As in
/// MetalLB that is what is wanted; whether a session is up stands in `BGPSession`.
final class ServicePeers {

    private ServicePeers() {}

    /// Services that are announced to nobody are not in it.
    static Map<ServiceKey, List<String>> of(Collection<ServiceAnnouncement> announcements) {
        Map<ServiceKey, List<String>> peers = new TreeMap<>();
        for (ServiceAnnouncement each : announcements) {
            if (each.isAnnounced()) {
                peers.put(
                        each.service().key(),
                        each.announcement().routes().keySet().stream().sorted().toList());
            }
        }
        return peers;
    }
}
