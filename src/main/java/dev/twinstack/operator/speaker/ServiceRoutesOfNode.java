package dev.twinstack.operator.speaker;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.announce.AdvertisementPlanner;
import dev.twinstack.announce.NodeView;
import dev.twinstack.announce.RouteTable;
import dev.twinstack.announce.ServiceView;
import dev.twinstack.config.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The routes that one node is to announce, and whether the peers have them by what its speaker has
/// written.
///
/// @param reports by peer and prefix
record ServiceRoutesOfNode(List<RouteReport> reports) {

    static ServiceRoutesOfNode of(NodeView node, RouteInquiry inquiry) {
        AdvertisementPlanner planner =
                new AdvertisementPlanner(inquiry.config(), node, inquiry.ignoreExcludeLabel());
        RouteTable table = new RouteTable();
        for (ServiceView service : inquiry.services()) {
            table.put(
                    service.key(),
                    planner.plan(service, inquiry.endpoints().apply(service.key())).routes());
        }
        List<RouteReport> reports = new ArrayList<>();
        for (String peer : planner.peers().stream().map(Peer::name).sorted().toList()) {
            table.routes(peer)
                    .forEach((prefix, attributes) -> {
                        Optional<String> obstacle = inquiry.obstacle(node.name(), peer, prefix);
                        reports.add(
                                new RouteReport(
                                        node.name(),
                                        peer,
                                        prefix.toString(),
                                        prefix.family().toString(),
                                        attributes.localPref().isPresent()
                                                ? attributes.localPref().getAsLong()
                                                : null,
                                        RouteReports.communities(attributes),
                                        table.services(peer, prefix).stream()
                                                .map(ServiceKey::toString)
                                                .toList(),
                                        obstacle.isEmpty(),
                                        obstacle.orElse(null)));
                    });
        }
        return new ServiceRoutesOfNode(List.copyOf(reports));
    }
}
