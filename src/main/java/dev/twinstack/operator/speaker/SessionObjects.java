package dev.twinstack.operator.speaker;

import dev.twinstack.crd.BGPSessionStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The `BGPSession` objects of this node: one for each peer, written when something but a counter
/// is different from what was written last, and again when somebody deleted it. Not thread-safe.
final class SessionObjects {

    /// With every so many calls the objects are listed, to find deleted ones and such of peers that
    /// are no longer there.
    static final int LIST_EVERY = 30;

    private final SessionStore store;
    private final String node;
    private final Map<String, BGPSessionStatus> written = new HashMap<>();
    private @Nullable KubernetesClientException failure;
    private int untilList;

    SessionObjects(SessionStore store, String node) {
        this.store = store;
        this.node = node;
    }

    /// Makes the objects say this. One that can't be written does not keep the others from it.
    ///
    /// @throws KubernetesClientException the first failure; what was not written is written with
    ///   the next call
    void write(List<BGPSessionStatus> sessions) {
        failure = null;
        Set<String> others = new HashSet<>(written.keySet());
        attempt(() -> others.addAll(list()));
        for (BGPSessionStatus session : sessions) {
            BGPSessionStatus status = SessionReport.withoutCounters(session);
            String name = SessionName.of(node, String.valueOf(status.peer()));
            others.remove(name);
            if (!status.equals(written.get(name))) {
                attempt(() -> write(name, status));
            }
        }
        others.forEach(name -> attempt(() -> remove(name)));
        if (failure != null) {
            throw failure;
        }
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

    /// The objects that are there, if it is time to look; forgets written ones that are not.
    private Set<String> list() {
        if (untilList > 0) {
            untilList--;
            return Set.of();
        }
        Set<String> present = store.names();
        written.keySet().retainAll(present);
        untilList = LIST_EVERY - 1;
        return present;
    }

    private void write(String name, BGPSessionStatus status) {
        if (!written.containsKey(name)) {
            store.create(name);
        }
        try {
            store.status(name, status);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            written.remove(name);
            store.create(name);
            store.status(name, status);
        }
        written.put(name, status);
    }

    private void remove(String name) {
        store.delete(name);
        written.remove(name);
    }
}
