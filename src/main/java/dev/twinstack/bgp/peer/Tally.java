package dev.twinstack.bgp.peer;

import dev.twinstack.bgp.MessageCounters;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.KeepaliveMessage;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.RouteRefreshMessage;
import dev.twinstack.bgp.wire.UpdateMessage;

/// Counts the messages of one direction.
final class Tally {

    private long opens;
    private long updates;
    private long notifications;
    private long keepalives;
    private long routeRefreshes;

    void count(BgpMessage message) {
        switch (message) {
            case OpenMessage _ -> opens++;
            case UpdateMessage _ -> updates++;
            case NotificationMessage _ -> notifications++;
            case KeepaliveMessage _ -> keepalives++;
            case RouteRefreshMessage _ -> routeRefreshes++;
        }
    }

    MessageCounters snapshot() {
        return new MessageCounters(opens, updates, notifications, keepalives, routeRefreshes);
    }
}
