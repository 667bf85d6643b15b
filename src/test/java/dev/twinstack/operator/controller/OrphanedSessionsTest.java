package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.crd.BGPSession;
import dev.twinstack.operator.speaker.SessionReport;
import dev.twinstack.operator.testing.SessionStatuses;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrphanedSessionsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final OrphanedSessions orphans = new OrphanedSessions();
    private final List<BGPSession> sessions = List.of(session());

    @Test
    void whatItsSpeakerKeepsStays() {
        assertThat(findTwice(Set.of("n1"), Set.of("tor"), pod("True"))).isEmpty();
    }

    @Test
    void theNodeIsGone() {
        assertThat(findTwice(Set.of("n2"), Set.of("tor"), pod("True")))
                .containsExactly("there is no Node n1");
    }

    @Test
    void thePeerIsGone() {
        assertThat(findTwice(Set.of("n1"), Set.of("spine"), pod("True")))
                .containsExactly("there is no BGPPeer tor");
    }

    @Test
    void theSpeakerHasCrashedForGood() {
        assertThat(findTwice(Set.of("n1"), Set.of("tor"), pod("False")))
                .containsExactly("its speaker is not ready since 2026-01-01T11:00:00Z");
    }

    @Test
    void oneLookIsNotEnough() {
        List<Pod> pods = List.of(pod("True"));

        assertThat(orphans.find(sessions, Set.of(), Set.of("tor"), pods, NOON)).isEmpty();
        // It was only late: the node is there in between.
        orphans.find(sessions, Set.of("n1"), Set.of("tor"), pods, NOON.plusSeconds(30));

        assertThat(orphans.find(sessions, Set.of(), Set.of("tor"), pods, NOON.plusSeconds(61)))
                .isEmpty();
    }

    private List<String> findTwice(Set<String> nodes, Set<String> peers, Pod pod) {
        assertThat(orphans.find(sessions, nodes, peers, List.of(pod), NOON)).isEmpty();
        return orphans
                .find(sessions, nodes, peers, List.of(pod), NOON.plus(OrphanedSessions.PATIENCE))
                .stream()
                .map(OrphanedSessions.Orphan::reason)
                .toList();
    }

    private static BGPSession session() {
        BGPSession session = new BGPSession();
        session.setMetadata(
                new ObjectMetaBuilder()
                        .withName("n1-tor")
                        .withUid("session-uid")
                        .withOwnerReferences(
                                new OwnerReferenceBuilder()
                                        .withKind("Pod")
                                        .withName("speaker-1")
                                        .withUid("pod-uid")
                                        .build())
                        .build());
        session.setStatus(SessionReport.of("n1", SessionStatuses.ipv4Only()));
        return session;
    }

    private static Pod pod(String ready) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("speaker-1")
                .withUid("pod-uid")
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .withLastTransitionTime("2026-01-01T11:00:00Z")
                .endCondition()
                .endStatus()
                .build();
    }
}
