package dev.twinstack.operator.speaker;

import dev.twinstack.bfd.BfdStatus;
import dev.twinstack.bgp.CapabilityStatus;
import dev.twinstack.bgp.DrainState;
import dev.twinstack.bgp.FamilyStatus;
import dev.twinstack.bgp.MessageCounters;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.crd.BGPSessionStatus.Bfd;
import dev.twinstack.crd.BGPSessionStatus.FamilyRoutes;
import dev.twinstack.crd.BGPSessionStatus.Messages;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says of a session what `BGPSession` objects and the HTTP API show: one shape for both.
public final class SessionReport {

    private static final int MOST_PREFIXES = 100;

    private SessionReport() {}

    /// @param node the node that holds the session
    public static BGPSessionStatus of(String node, SessionStatus status) {
        return of(node, status, Optional.empty());
    }

    /// @param path the BFD session to the same peer
    static BGPSessionStatus of(String node, SessionStatus status, Optional<BfdStatus> path) {
        return new BGPSessionStatus(
                node,
                status.peer(),
                status.address().toString(),
                status.port(),
                status.remoteAsn().map(asn -> asn.value()).orElse(null),
                status.remoteRouterId().map(IpAddress::toString).orElse(null),
                status.localAddress().map(IpAddress::toString).orElse(null),
                status.localAsn().value(),
                status.state().toString(),
                status.since().truncatedTo(ChronoUnit.SECONDS).toString(),
                drain(status.drain()),
                texts(status.negotiatedFamilies()),
                texts(status.localFamilies()),
                texts(status.remoteFamilies()),
                status.negotiatedHoldTime()
                        .map(Duration::toSeconds)
                        .map(Long::intValue)
                        .orElse(null),
                status.negotiatedKeepalive()
                        .map(Duration::toSeconds)
                        .map(Long::intValue)
                        .orElse(null),
                status.lastError().orElse(null),
                routes(status),
                messages(status.counters().sent()),
                messages(status.counters().received()),
                path.map(SessionReport::bfd).orElse(null),
                status.capabilities().stream().map(SessionReport::capability).toList(),
                SessionWords.prefixes(status),
                SessionWords.problems(status, path));
    }

    /// A peer that a session can't be held with.
    static BGPSessionStatus ofProblem(String node, String peer, String reason) {
        return new BGPSessionStatus(
                node,
                peer,
                null,
                null,
                null,
                null,
                null,
                null,
                SessionState.IDLE.toString(),
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                reason,
                List.of(),
                null,
                null,
                null,
                List.of(),
                null,
                List.of(reason));
    }

    /// The session after its speaker has stopped, so that nobody takes it for established.
    static BGPSessionStatus stopped(BGPSessionStatus last, Instant now) {
        return new BGPSessionStatus(
                last.node(),
                last.peer(),
                last.peerAddress(),
                last.peerPort(),
                last.peerASN(),
                last.peerRouterID(),
                null,
                last.localASN(),
                SessionState.IDLE.toString(),
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                last.drain(),
                List.of(),
                last.offeredFamilies(),
                last.peerFamilies(),
                null,
                null,
                "the speaker has stopped",
                List.of(),
                null,
                null,
                null,
                last.capabilities(),
                null,
                List.of("the speaker has stopped"));
    }

    /// The same without what changes all the time: objects are written on changes that matter.
    static BGPSessionStatus withoutCounters(BGPSessionStatus status) {
        return new BGPSessionStatus(
                status.node(),
                status.peer(),
                status.peerAddress(),
                status.peerPort(),
                status.peerASN(),
                status.peerRouterID(),
                status.localAddress(),
                status.localASN(),
                status.state(),
                status.since(),
                status.drain(),
                status.families(),
                status.offeredFamilies(),
                status.peerFamilies(),
                status.holdTimeSeconds(),
                status.keepaliveSeconds(),
                status.lastError(),
                status.routes(),
                null,
                null,
                status.bfd(),
                status.capabilities(),
                status.prefixes(),
                status.problems());
    }

    private static Bfd bfd(BfdStatus path) {
        return new Bfd(
                path.state().toString(),
                path.since().truncatedTo(ChronoUnit.SECONDS).toString(),
                path.transmitInterval().toMillis(),
                path.detectionTime().map(Duration::toMillis).orElse(null),
                path.lastDown().orElse(null));
    }

    private static @Nullable String drain(DrainState drain) {
        return drain == DrainState.NONE ? null : drain.toString();
    }

    private static List<FamilyRoutes> routes(SessionStatus status) {
        List<FamilyRoutes> routes = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            FamilyStatus of = status.families().get(family);
            if (of != null) {
                routes.add(
                        new FamilyRoutes(
                                family.toString(),
                                of.announced(),
                                of.pending(),
                                of.withheld(),
                                of.withheldBecause().orElse(null),
                                of.withheldPrefixes().stream()
                                        .sorted()
                                        .limit(MOST_PREFIXES)
                                        .map(IpPrefix::toString)
                                        .toList()));
            }
        }
        return routes;
    }

    private static BGPSessionStatus.Capability capability(CapabilityStatus status) {
        return new BGPSessionStatus.Capability(
                status.name(),
                status.offered(),
                status.answered(),
                status.inForce(),
                status.detail().orElse(null));
    }

    private static List<String> texts(Collection<IpFamily> families) {
        return families.stream().sorted().map(IpFamily::toString).toList();
    }

    private static Messages messages(MessageCounters counters) {
        return new Messages(
                counters.opens(),
                counters.updates(),
                counters.keepalives(),
                counters.notifications(),
                counters.routeRefreshes());
    }
}
