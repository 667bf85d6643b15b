package dev.twinstack.operator.controller;

import dev.twinstack.crd.BGPSession;
import dev.twinstack.crd.BGPSessionStatus;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Finds `BGPSession` objects that nobody keeps up to date any more. A speaker removes its own, and
/// those of a deleted Pod go with it; what stays is that of a node or peer that went while no
/// speaker ran there, and of a speaker that can't start again. Reads no clock. Not thread-safe.
final class OrphanedSessions {

    /// What we know of nodes and peers may be a moment older than the object.
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /// A speaker that is not ready for so long has crashed for good, or its node has.
    static final Duration NOT_READY = Duration.ofMinutes(5);

    private final Map<String, Instant> suspects = new HashMap<>();

    /// @param reason in words, for the log
    record Orphan(BGPSession session, String reason) {}

    /// What was found so before, too, and long enough ago.
    ///
    /// @param speakers the Pods that own sessions
    List<Orphan> find(
            List<BGPSession> sessions,
            Set<String> nodes,
            Set<String> peers,
            List<Pod> speakers,
            Instant now) {
        Map<String, Pod> byUid = new HashMap<>();
        speakers.forEach(pod -> byUid.put(pod.getMetadata().getUid(), pod));
        Map<String, Instant> before = Map.copyOf(suspects);
        suspects.clear();
        return sessions.stream()
                .flatMap(session ->
                        why(session, nodes, peers, byUid, now)
                                .map(reason -> new Orphan(session, reason))
                                .stream())
                .filter(orphan -> isConfirmed(orphan.session().getMetadata().getUid(), before, now))
                .toList();
    }

    private boolean isConfirmed(String uid, Map<String, Instant> before, Instant now) {
        Instant first = before.getOrDefault(uid, now);
        suspects.put(uid, first);
        return !now.isBefore(first.plus(PATIENCE));
    }

    private static Optional<String> why(
            BGPSession session,
            Set<String> nodes,
            Set<String> peers,
            Map<String, Pod> speakers,
            Instant now) {
        BGPSessionStatus status = session.getStatus();
        if (status != null && status.node() != null && !nodes.contains(status.node())) {
            return Optional.of("there is no Node %s".formatted(status.node()));
        }
        if (status != null && status.peer() != null && !peers.contains(status.peer())) {
            return Optional.of("there is no BGPPeer %s".formatted(status.peer()));
        }
        return session.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getUid)
                .map(speakers::get)
                .filter(Objects::nonNull)
                .flatMap(pod -> notReadySince(pod).stream())
                .filter(since -> !now.isBefore(since.plus(NOT_READY)))
                .findFirst()
                .map("its speaker is not ready since %s"::formatted);
    }

    private static Optional<Instant> notReadySince(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).stream()
                .flatMap(status -> status.getConditions().stream())
                .filter(condition ->
                        "Ready".equals(condition.getType())
                                && !"True".equals(condition.getStatus()))
                .map(PodCondition::getLastTransitionTime)
                .flatMap(text -> parse(text).stream())
                .findFirst();
    }

    private static Optional<Instant> parse(String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
