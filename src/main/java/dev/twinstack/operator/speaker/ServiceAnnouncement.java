package dev.twinstack.operator.speaker;

import dev.twinstack.announce.Announcement;
import dev.twinstack.announce.ServiceView;
import java.util.Map;

/// What was decided about one Service last.
record ServiceAnnouncement(ServiceView service, Announcement announcement) {

    /// Whether some peer of this node gets a route of it.
    boolean isAnnounced() {
        return announcement.routes().values().stream().anyMatch(routes -> !routes.isEmpty());
    }

    /// Whether people should hear of it: other addresses, other peers, or the end or begin of it.
    boolean isSameNews(ServiceAnnouncement earlier) {
        return isAnnounced() == earlier.isAnnounced()
                && (!isAnnounced()
                        || (service.ingress().equals(earlier.service.ingress())
                                && peers().keySet().equals(earlier.peers().keySet())));
    }

    private Map<String, ?> peers() {
        return announcement.routes();
    }
}
