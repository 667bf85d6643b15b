package dev.twinstack.operator.speaker;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.announce.AdvertisementPlanner;
import dev.twinstack.announce.RouteChanges;
import dev.twinstack.announce.RouteTable;
import dev.twinstack.announce.ServiceView;
import dev.twinstack.announce.ServingEndpoints;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.net.IpPrefix;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what this node announces in step with what is decided about each Service, and passes on
/// only differences, at [#flush].
///
/// One thread changes it; [#announcements] and [#flushes] may be read by any.
final class Announcer {

    private static final Logger log = LoggerFactory.getLogger(Announcer.class);
    private static final RouteChanges NO_CHANGES = new RouteChanges(Map.of(), Set.of());

    private final RouteOutput sink;
    private final Consumer<ServiceAnnouncement> news;
    private final RouteTable table = new RouteTable();
    private final ConcurrentMap<ServiceKey, ServiceAnnouncement> announcements =
            new ConcurrentHashMap<>();
    private Map<String, PeerSettings> peers = Map.of();
    private Map<String, PeerSettings> flushedPeers = Map.of();

    /// Withdrawn prefixes of each peer since the last [#flush] that did not fail.
    private final Map<String, Set<IpPrefix>> owed = new HashMap<>();

    private boolean inDoubt;
    private final AtomicLong flushes = new AtomicLong();

    /// @param news hears of Services that are announced anew, differently or no longer
    Announcer(RouteOutput sink, Consumer<ServiceAnnouncement> news) {
        this.sink = sink;
        this.news = news;
    }

    /// The peers from the next [#flush] on.
    void peers(Collection<PeerSettings> settings) {
        Map<String, PeerSettings> byName = new LinkedHashMap<>();
        settings.forEach(peer -> byName.put(peer.name(), peer));
        peers = byName;
    }

    /// Decides about one Service.
    void look(AdvertisementPlanner planner, ServiceView service, ServingEndpoints endpoints) {
        ServiceAnnouncement now =
                new ServiceAnnouncement(service, planner.plan(service, endpoints));
        ServiceAnnouncement earlier = announcements.put(service.key(), now);
        table.put(service.key(), now.announcement().routes());
        if (earlier == null ? now.isAnnounced() : !now.isSameNews(earlier)) {
            news.accept(now);
        }
    }

    /// The Service is gone, or nobody's business any more.
    void forget(ServiceKey service) {
        ServiceAnnouncement last = announcements.remove(service);
        if (last != null && last.isAnnounced()) {
            log.atInfo().addKeyValue("service", service).log("Gone, no longer announcing");
        }
        table.remove(service);
    }

    /// Forgets all other Services.
    void retain(Set<ServiceKey> services) {
        announcements.keySet().stream()
                .filter(service -> !services.contains(service))
                .forEach(this::forget);
    }

    /// Tells the peers what is different since the last time. A new peer, and one whose settings
    /// changed, is told everything; after a failure all are.
    void flush() {
        Map<String, RouteChanges> changes = table.takeChanges();
        changes.forEach((peer, change) ->
                owed.computeIfAbsent(peer, any -> new HashSet<>()).addAll(change.withdrawn()));
        Map<String, PeerSettings> before = inDoubt ? Map.of() : flushedPeers;
        boolean anew = inDoubt || !peers.equals(before);
        inDoubt = true;
        tell(changes, before, anew);
        inDoubt = false;
        owed.clear();
        flushes.incrementAndGet();
    }

    /// How often [#flush] has succeeded: another number when there may be other announcements.
    long flushes() {
        return flushes.get();
    }

    private void tell(
            Map<String, RouteChanges> changes, Map<String, PeerSettings> before, boolean anew) {
        if (anew) {
            sink.setPeers(peers.values());
            flushedPeers = peers;
        }
        peers.forEach((name, settings) -> {
            RouteChanges change = changes.getOrDefault(name, NO_CHANGES);
            if (!settings.equals(before.get(name))) {
                Map<IpPrefix, RouteAttributes> routes = table.routes(name);
                Set<IpPrefix> gone = new HashSet<>(owed.getOrDefault(name, Set.of()));
                gone.removeAll(routes.keySet());
                sink.setRoutes(name, routes, gone);
            } else if (!change.isEmpty()) {
                sink.setRoutes(name, change.announced(), change.withdrawn());
            }
        });
    }

    /// The last decision about each Service.
    Map<ServiceKey, ServiceAnnouncement> announcements() {
        return Collections.unmodifiableMap(announcements);
    }
}
