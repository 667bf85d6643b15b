package dev.twinstack.operator;

import dev.twinstack.operator.controller.ClusterBook;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/// What a controller would know of addresses if it began now, computed from the objects of the
/// cluster as they were at the making. Decides nothing, writes nothing. What a controller knows
/// beyond its objects is missing: reservations, when an address was given, last decisions.
public final class ClusterControllerView implements ControllerView {

    private final ClusterBook book;

    private ClusterControllerView(ClusterBook book) {
        this.book = book;
    }

    /// Reads everything. Blocks.
    ///
    /// @param namespace that of the configuration
    /// @param lbClass the controller's `--lb-class`, or empty
    /// @throws io.fabric8.kubernetes.client.KubernetesClientException if something can't be read
    public static ClusterControllerView read(
            KubernetesClient client, String namespace, String lbClass) {
        return new ClusterControllerView(ClusterBook.read(client, namespace, lbClass));
    }

    /// It answers, although it decides nothing.
    @Override
    public boolean leads() {
        return true;
    }

    @Override
    public List<PoolEntry> pools() {
        return book.pools();
    }

    @Override
    public List<ServiceEntry> services() {
        return book.services();
    }

    @Override
    public List<AddressUse> addresses() {
        return book.addresses();
    }

    @Override
    public ExplainAnswer explain(String namespace, String name) {
        return book.explain(namespace, name);
    }
}
