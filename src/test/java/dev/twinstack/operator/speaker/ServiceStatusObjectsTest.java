package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinstack.allocation.ServiceKey;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ServiceStatusObjectsTest {

    private static final ServiceKey WEB = new ServiceKey("shop", "web");
    private static final ServiceKey MAIL = new ServiceKey("shop", "mail");

    private final Store store = new Store();
    private final ServiceStatusObjects objects = new ServiceStatusObjects(store);

    @Test
    void oneForEachServiceAndNoWriteWithoutAChange() {
        objects.write(Map.of(WEB, List.of("tor"), MAIL, List.of("spine", "tor")));
        store.calls.clear();

        objects.write(Map.of(WEB, List.of("tor"), MAIL, List.of("spine", "tor")));

        assertThat(store.peers())
                .containsOnly(
                        Map.entry(WEB.toString(), List.of("tor")),
                        Map.entry(MAIL.toString(), List.of("spine", "tor")));
        assertThat(store.calls).isEmpty();
    }

    @Test
    void goesWithItsService() {
        objects.write(Map.of(WEB, List.of("tor"), MAIL, List.of("tor")));

        objects.write(Map.of(MAIL, List.of("tor")));

        assertThat(store.peers()).containsOnlyKeys(MAIL.toString());
    }

    @Test
    void aRestartedSpeakerWritesOnlyWhatIsDifferent() {
        // Given what the process before left, which belonged to its Pod
        store.put(WEB, List.of("tor"), true);
        store.put(MAIL, List.of("tor"), false);
        store.put(new ServiceKey("shop", "gone"), List.of("tor"), true);

        // When
        objects.write(Map.of(WEB, List.of("tor"), MAIL, List.of("tor")));

        // Then
        assertThat(store.calls).containsExactly("create shop/mail", "delete shop/gone");
    }

    @Test
    void aDeletedOneComesBackAfterADoubt() {
        objects.write(Map.of(WEB, List.of("tor")));
        store.objects.clear();
        objects.doubt();

        objects.write(Map.of(WEB, List.of("tor")));

        assertThat(store.peers()).containsOnlyKeys(WEB.toString());
    }

    @Test
    void aDeletedOneComesBackWithItsNextChange() {
        objects.write(Map.of(WEB, List.of("tor")));
        store.objects.clear();

        objects.write(Map.of(WEB, List.of("spine")));

        assertThat(store.peers()).containsOnly(Map.entry(WEB.toString(), List.of("spine")));
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersFromIt() {
        store.broken.add(MAIL.toString());
        Map<ServiceKey, List<String>> wanted =
                new TreeMap<>(Map.of(WEB, List.of("tor"), MAIL, List.of("tor")));
        assertThatThrownBy(() -> objects.write(wanted))
                .isInstanceOf(KubernetesClientException.class);
        assertThat(store.peers()).containsOnlyKeys(WEB.toString());
        store.broken.clear();

        objects.write(wanted);

        assertThat(store.peers()).containsOnlyKeys(WEB.toString(), MAIL.toString());
    }

    /// Objects by the name of their Service.
    private static final class Store implements ServiceStatusStore {
        private final Map<String, Present> objects = new TreeMap<>();
        private final List<String> calls = new ArrayList<>();
        private final Set<String> broken = new HashSet<>();

        void put(ServiceKey service, List<String> peers, boolean isOwn) {
            objects.put(name(service), new Present(service, peers, isOwn));
        }

        Map<String, List<String>> peers() {
            Map<String, List<String>> peers = new TreeMap<>();
            objects.forEach((name, object) -> peers.put(name, object.peers()));
            return peers;
        }

        @Override
        public Map<String, Present> list() {
            return Map.copyOf(objects);
        }

        @Override
        public String name(ServiceKey service) {
            return service.toString();
        }

        @Override
        public void create(ServiceKey service) {
            calls.add("create " + service);
            fail(service);
            objects.merge(
                    name(service),
                    new Present(service, List.of(), true),
                    (before, _) -> new Present(service, before.peers(), true));
        }

        @Override
        public void status(ServiceKey service, List<String> peers) {
            calls.add("status " + service);
            fail(service);
            if (!objects.containsKey(name(service))) {
                throw new KubernetesClientException("not found", 404, null);
            }
            put(service, peers, true);
        }

        @Override
        public void delete(String name) {
            calls.add("delete " + name);
            objects.remove(name);
        }

        private void fail(ServiceKey service) {
            if (broken.contains(service.toString())) {
                throw new KubernetesClientException("broken", 500, null);
            }
        }
    }
}
