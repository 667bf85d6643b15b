package dev.twinstack.operator.speaker;

import dev.twinstack.allocation.ServiceKey;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The `ServiceBGPStatus` objects of this node: one for each Service that it announces, written
/// when its peers are others than before. A restarted speaker takes over what it finds. Not
/// thread-safe.
final class ServiceStatusObjects {

    private final ServiceStatusStore store;
    private final Map<String, List<String>> written = new HashMap<>();
    private boolean isListed;
    private @Nullable KubernetesClientException failure;

    ServiceStatusObjects(ServiceStatusStore store) {
        this.store = store;
    }

    /// Looks at what is there with the next [#write]: somebody may have deleted one.
    void doubt() {
        isListed = false;
    }

    /// Makes the objects say this. One that can't be written keeps no other from it.
    ///
    /// @throws KubernetesClientException the first failure; what was not written is written with
    ///   the next call
    void write(Map<ServiceKey, List<String>> wanted) {
        failure = null;
        if (!isListed) {
            list();
        }
        Set<String> others = new HashSet<>(written.keySet());
        wanted.forEach((service, peers) -> {
            String name = store.name(service);
            others.remove(name);
            if (!peers.equals(written.get(name))) {
                attempt(() -> write(service, name, peers));
            }
        });
        others.forEach(name ->
                attempt(() -> {
                    store.delete(name);
                    written.remove(name);
                }));
        if (failure != null) {
            throw failure;
        }
    }

    private void list() {
        Map<String, ServiceStatusStore.Present> present = store.list();
        written.clear();
        present.forEach((name, object) -> {
            written.put(name, object.peers());
            if (!object.isOwn()) {
                attempt(() -> store.create(object.service()));
            }
        });
        isListed = failure == null;
    }

    private void write(ServiceKey service, String name, List<String> peers) {
        if (!written.containsKey(name)) {
            store.create(service);
        }
        try {
            store.status(service, peers);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            store.create(service);
            store.status(service, peers);
        }
        written.put(name, peers);
    }

    private void attempt(Runnable call) {
        try {
            call.run();
        } catch (KubernetesClientException e) {
            if (failure == null) {
                failure = e;
            }
        }
    }
}
