package dev.twinstack.operator.controller;

import dev.twinstack.config.Peer;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.BGPSession;
import dev.twinstack.operator.ConfigSnapshot;
import dev.twinstack.operator.Unreadable;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes the [OrphanedSessions]. One that is removed by mistake its speaker makes again.
final class SessionCleanup {

    private static final Logger log = LoggerFactory.getLogger(SessionCleanup.class);
    private static final Duration PERIOD = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final String namespace;
    private final InstantSource clock;
    private final OrphanedSessions orphans = new OrphanedSessions();
    private Instant next = Instant.MIN;

    SessionCleanup(KubernetesClient client, String namespace, InstantSource clock) {
        this.client = client;
        this.namespace = namespace;
        this.clock = clock;
    }

    /// Looks once in a while, however often it is called. Blocks.
    void look(ConfigSnapshot snapshot) {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(PERIOD);
        var objects = client.resources(BGPSession.class).inNamespace(namespace);
        List<BGPSession> sessions =
                objects.list().getItems().stream().filter(Unreadable::isReadable).toList();
        if (sessions.isEmpty()) {
            return;
        }
        List<Pod> pods = client.pods().inNamespace(namespace).list().getItems();
        Set<String> nodes = snapshot.objects().nodeLabels().keySet();
        for (OrphanedSessions.Orphan orphan :
                orphans.find(sessions, nodes, peers(snapshot), pods, now)) {
            objects.resource(orphan.session()).delete();
            log.atInfo()
                    .addKeyValue("session", orphan.session().getMetadata().getName())
                    .addKeyValue("reason", orphan.reason())
                    .log("BGPSession that nobody keeps up to date removed");
        }
    }

    /// One that has become wrong may still be in force.
    private static Set<String> peers(ConfigSnapshot snapshot) {
        Set<String> peers = new HashSet<>();
        snapshot.config().peers().stream().map(Peer::name).forEach(peers::add);
        for (BGPPeer peer : snapshot.objects().peers()) {
            peers.add(peer.getMetadata().getName());
        }
        return peers;
    }
}
