package dev.twinstack.operator.controller;

import dev.twinstack.operator.WatchedKind;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;

/// The labels of all namespaces: pools are bound to them. When they change, the Services in there
/// are looked at again.
final class NamespaceLabels implements AutoCloseable {

    private final WatchedKind<Namespace> namespaces;

    NamespaceLabels(KubernetesClient client, CachedServices services) {
        this.namespaces =
                new WatchedKind<>(
                        "namespaces",
                        client.namespaces(),
                        (before, after) -> !labels(before).equals(labels(after)),
                        namespace -> changed(namespace, services));
    }

    private void changed(Namespace namespace, CachedServices services) {
        if (namespaces.isSynced()) {
            String name = namespace.getMetadata().getName();
            services.wakeAll(service -> name.equals(service.getMetadata().getNamespace()));
        }
    }

    void start() {
        namespaces.start();
    }

    Optional<String> missing() {
        return namespaces.missing();
    }

    /// Empty where the namespace has not been seen.
    Optional<Map<String, String>> find(String namespace) {
        return namespaces.find(namespace).map(NamespaceLabels::labels);
    }

    @Override
    public void close() {
        namespaces.close();
    }

    private static Map<String, String> labels(Namespace namespace) {
        Map<String, String> labels = namespace.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
