package dev.twinstack.operator.speaker;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.announce.RouteTable;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Lists the routes to each peer from what was decided last and what the sessions say.
final class RouteReports {

    private RouteReports() {}

    static List<RouteReport> of(
            String node,
            Collection<ServiceAnnouncement> announcements,
            Collection<SessionStatus> sessions) {
        RouteTable table = new RouteTable();
        SortedSet<String> peers = new TreeSet<>();
        for (ServiceAnnouncement announcement : announcements) {
            ServiceKey service = announcement.service().key();
            table.put(service, announcement.announcement().routes());
            peers.addAll(announcement.announcement().routes().keySet());
        }
        List<RouteReport> reports = new ArrayList<>();
        peers.addAll(
                sessions.stream()
                        .map(SessionStatus::peer)
                        .filter(peer -> peers.contains(host(peer)))
                        .toList());
        for (String peer : peers) {
            Optional<SessionStatus> session =
                    sessions.stream().filter(status -> status.peer().equals(peer)).findFirst();
            table.routes(host(peer))
                    .forEach((prefix, attributes) ->
                            reports.add(report(node, peer, prefix, attributes, table, session)));
        }
        return reports;
    }

    private static RouteReport report(
            String node,
            String peer,
            IpPrefix prefix,
            RouteAttributes attributes,
            RouteTable table,
            Optional<SessionStatus> session) {
        Optional<String> obstacle = obstacle(prefix, session);
        return new RouteReport(
                node,
                peer,
                prefix.toString(),
                prefix.family().toString(),
                attributes.localPref().isPresent() ? attributes.localPref().getAsLong() : null,
                communities(attributes),
                table.services(host(peer), prefix).stream().map(ServiceKey::toString).toList(),
                obstacle.isEmpty(),
                obstacle.orElse(null));
    }

    /// The configured peer whose routes a peer gets that came by itself, as `tor` for
    /// `tor@192.0.2.1`; any other peer's own name.
    private static String host(String peer) {
        int at = peer.indexOf('@');
        return at < 0 ? peer : peer.substring(0, at);
    }

    private static Optional<String> obstacle(IpPrefix prefix, Optional<SessionStatus> session) {
        if (session.isEmpty()) {
            return Optional.of("the peer is not set up");
        }
        SessionStatus status = session.get();
        if (!status.isEstablished()) {
            return Optional.of(
                    SessionObstacle.notEstablished(status.state().toString(), status.lastError()));
        }
        return Optional.ofNullable(status.families().get(prefix.family()))
                .flatMap(family -> family.obstacle(prefix));
    }

    static List<String> communities(RouteAttributes attributes) {
        return Stream.concat(
                        attributes.communities().stream().map(Object::toString),
                        attributes.largeCommunities().stream().map(large -> "large:" + large))
                .toList();
    }
}
