package dev.twinstack.operator.speaker;

import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.crd.BGPSessionStatus.FamilyRoutes;
import dev.twinstack.operator.ServiceEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// Tells in an Event of the BGPPeer that routes of a family are not sent over a session that
/// stands, and why. Once: again only for another reason, or after the family could be sent. Not
/// thread-safe.
final class FamilyNews {

    static final String REASON = "FamilyNotSent";

    private final String node;
    private final Supplier<List<BGPPeer>> peers;
    private final BiConsumer<BGPPeer, ServiceEvent> events;
    private final Map<String, String> said = new HashMap<>();

    /// @param peers the objects that Events can be about, as they are in the cluster
    FamilyNews(
            String node, Supplier<List<BGPPeer>> peers, BiConsumer<BGPPeer, ServiceEvent> events) {
        this.node = node;
        this.peers = peers;
        this.events = events;
    }

    void look(List<BGPSessionStatus> sessions) {
        for (BGPSessionStatus session : sessions) {
            // Who is drained sends nothing in any family: everybody who asks is told so.
            if (!session.families().isEmpty() && session.drain() == null) {
                session.routes().forEach(routes -> look(String.valueOf(session.peer()), routes));
            }
        }
    }

    /// What is sent in part has been negotiated: that is no matter of the family.
    private void look(String peer, FamilyRoutes routes) {
        String key = peer + " " + routes.family();
        String because = String.valueOf(routes.withheldBecause());
        if (routes.withheld() == 0) {
            if (routes.announced() > 0) {
                said.remove(key);
            }
        } else if (routes.withheldPrefixes().isEmpty() && !because.equals(said.get(key))) {
            peers.get().stream()
                    .filter(object -> Objects.equals(object.getMetadata().getName(), peer))
                    .findFirst()
                    .ifPresent(object -> {
                        said.put(key, because);
                        events.accept(object, event(routes, because));
                    });
        }
    }

    private ServiceEvent event(FamilyRoutes routes, String because) {
        return new ServiceEvent(
                REASON,
                ServiceEvent.Type.WARNING,
                "node %s: %s"
                        .formatted(
                                node,
                                SessionWords.withheld(
                                        routes.withheld(), routes.family(), because)));
    }
}
