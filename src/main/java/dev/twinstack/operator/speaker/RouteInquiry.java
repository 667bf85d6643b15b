package dev.twinstack.operator.speaker;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.announce.NodeView;
import dev.twinstack.announce.RouteQuestion;
import dev.twinstack.announce.RouteVerdict;
import dev.twinstack.announce.ServiceView;
import dev.twinstack.announce.ServingEndpoints;
import dev.twinstack.config.ClusterConfig;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.operator.speaker.RouteAnswer.PeerAnswer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Says of all nodes which routes go where, from configuration, Services and what the speakers have
/// written about their sessions. The nodes' own speakers decide by the same code.
///
/// @param sessions by node, then peer
/// @param ignoreExcludeLabel what the speakers run with
record RouteInquiry(
        ClusterConfig config,
        List<NodeView> nodes,
        Collection<ServiceView> services,
        Function<ServiceKey, ServingEndpoints> endpoints,
        Map<String, Map<String, BGPSessionStatus>> sessions,
        boolean ignoreExcludeLabel) {

    RouteAnswer explain(IpPrefix prefix) {
        Map<ServiceView, ServingEndpoints> concerned = new LinkedHashMap<>();
        services.stream()
                .filter(service -> RouteQuestion.concerns(prefix, service))
                .forEach(service -> concerned.put(service, endpoints.apply(service.key())));
        RouteQuestion question = new RouteQuestion(prefix, concerned);
        List<PeerAnswer> answers = new ArrayList<>();
        for (NodeView node : nodes) {
            question.on(node, config, ignoreExcludeLabel)
                    .forEach(verdict -> answers.add(answer(verdict, prefix)));
        }
        List<String> names =
                concerned.keySet().stream().map(service -> service.key().toString()).toList();
        return new RouteAnswer(prefix.toString(), verdict(names, answers), names, answers);
    }

    /// All routes that any node is to announce.
    List<RouteReport> routes() {
        Map<String, ServiceRoutesOfNode> byNode = new TreeMap<>();
        for (NodeView node : nodes) {
            byNode.put(node.name(), ServiceRoutesOfNode.of(node, this));
        }
        return byNode.values().stream().flatMap(node -> node.reports().stream()).toList();
    }

    Optional<String> obstacle(String node, String peer, IpPrefix prefix) {
        return SessionObstacle.of(node, sessions.getOrDefault(node, Map.of()).get(peer), prefix);
    }

    private PeerAnswer answer(RouteVerdict verdict, IpPrefix asked) {
        return switch (verdict) {
            case RouteVerdict.Wanted wanted -> wanted(wanted, asked);
            case RouteVerdict.Unwanted unwanted -> none(unwanted, true, unwanted.why());
            case RouteVerdict.NotSelected other -> none(other, false, other.why());
        };
    }

    private PeerAnswer wanted(RouteVerdict.Wanted verdict, IpPrefix asked) {
        Optional<String> obstacle = obstacle(verdict.node(), verdict.peer(), verdict.prefix());
        return new PeerAnswer(
                verdict.node(),
                verdict.peer(),
                true,
                true,
                obstacle.isEmpty(),
                verdict.prefix().equals(asked) ? null : verdict.prefix().toString(),
                verdict.attributes().localPref().isPresent()
                        ? verdict.attributes().localPref().getAsLong()
                        : null,
                RouteReports.communities(verdict.attributes()),
                verdict.services().stream().map(ServiceKey::toString).toList(),
                obstacle.orElse(null));
    }

    private static PeerAnswer none(RouteVerdict verdict, boolean selected, String why) {
        return new PeerAnswer(
                verdict.node(),
                verdict.peer(),
                selected,
                false,
                false,
                null,
                null,
                List.of(),
                List.of(),
                why);
    }

    private String verdict(List<String> concerned, List<PeerAnswer> answers) {
        if (concerned.isEmpty()) {
            return "no Service has an address in it";
        }
        if (config.peers().isEmpty()) {
            return "there is no BGPPeer to announce it to";
        }
        long wanted = answers.stream().filter(PeerAnswer::wanted).count();
        if (wanted == 0) {
            return "nobody is to have it";
        }
        long sent = answers.stream().filter(PeerAnswer::sent).count();
        return "%d of the %d sessions that should have it have it".formatted(sent, wanted);
    }
}
