package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinstack.crd.BGPSessionStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SessionObjectsTest {

    private final Store store = new Store();
    private final SessionObjects objects = new SessionObjects(store, "node");

    @Test
    void aDeletedObjectComesBackWithItsNextChange() {
        objects.write(List.of(session("tor", "one"), session("spine", "one")));
        store.statuses.remove("node-tor");

        objects.write(List.of(session("tor", "two"), session("spine", "two")));

        assertThat(store.statuses)
                .containsOnly(
                        Map.entry("node-tor", session("tor", "two")),
                        Map.entry("node-spine", session("spine", "two")));
    }

    @Test
    void aDeletedObjectComesBackWithoutAnyChange() {
        List<BGPSessionStatus> sessions = List.of(session("tor", "one"));
        objects.write(sessions);
        store.statuses.remove("node-tor");

        for (int call = 0; call < SessionObjects.LIST_EVERY; call++) {
            objects.write(sessions);
        }

        assertThat(store.statuses).containsOnlyKeys("node-tor");
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersFromIt() {
        store.broken.add("node-spine");
        List<BGPSessionStatus> sessions = List.of(session("spine", "one"), session("tor", "one"));

        assertThatThrownBy(() -> objects.write(sessions))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("node-spine");
        assertThat(store.statuses).containsOnlyKeys("node-tor");

        store.broken.clear();
        objects.write(sessions);
        assertThat(store.statuses).containsOnlyKeys("node-spine", "node-tor");
    }

    @Test
    void objectsOfOtherPeersGo() {
        store.statuses.put("node-old", session("old", "one"));

        objects.write(List.of(session("tor", "one")));
        assertThat(store.statuses).containsOnlyKeys("node-tor");

        objects.write(List.of());
        assertThat(store.statuses).isEmpty();
    }

    private static BGPSessionStatus session(String peer, String reason) {
        return SessionReport.ofProblem("node", peer, reason);
    }

    /// Objects in memory.
    private static final class Store implements SessionStore {

        final Map<String, BGPSessionStatus> statuses = new TreeMap<>();
        final Set<String> broken = new HashSet<>();

        @Override
        public Set<String> names() {
            return Set.copyOf(statuses.keySet());
        }

        @Override
        public void create(String name) {
            if (broken.contains(name)) {
                throw new KubernetesClientException("cannot write " + name);
            }
            statuses.putIfAbsent(name, session("", ""));
        }

        @Override
        public void status(String name, BGPSessionStatus status) {
            if (statuses.replace(name, status) == null) {
                throw new KubernetesClientException("no such object", 404, null);
            }
        }

        @Override
        public void delete(String name) {
            statuses.remove(name);
        }
    }
}
