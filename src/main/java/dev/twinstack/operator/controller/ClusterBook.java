package dev.twinstack.operator.controller;

import dev.twinstack.admission.ServiceReader;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.operator.AddressUse;
import dev.twinstack.operator.ConfigListing;
import dev.twinstack.operator.ControllerView.PoolEntry;
import dev.twinstack.operator.ControllerView.ServiceEntry;
import dev.twinstack.operator.ExplainAnswer;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An [AddressBook] filled from the objects of the cluster as a new leader fills its own, and only
/// asked: nobody who waits is served.
public final class ClusterBook {

    private final KubernetesClient client;
    private final ServiceReader reader;
    private final Map<String, Map<String, String>> namespaces;
    private final AddressBook book =
            new AddressBook(InstantSource.system(), Duration.ZERO, service -> {}, claim -> {});

    private ClusterBook(
            KubernetesClient client,
            ServiceReader reader,
            Map<String, Map<String, String>> namespaces) {
        this.client = client;
        this.reader = reader;
        this.namespaces = namespaces;
    }

    /// Reads everything. Blocks.
    public static ClusterBook read(KubernetesClient client, String namespace, String lbClass) {
        Map<String, Map<String, String>> namespaces = new HashMap<>();
        for (Namespace each : client.namespaces().list().getItems()) {
            Map<String, String> labels = each.getMetadata().getLabels();
            namespaces.put(each.getMetadata().getName(), labels == null ? Map.of() : labels);
        }
        ClusterBook made = new ClusterBook(client, new ServiceReader(lbClass), namespaces);
        made.fill(namespace);
        return made;
    }

    private void fill(String namespace) {
        Takeover takeover =
                new Takeover(client, reader, this::labels, new CachedClaims(namespace)::isKept);
        Takeover.Claims claims = takeover.claims();
        book.adopt(
                ConfigListing.of(client, namespace, List.of()).config().pools(),
                takeover.services().found(),
                claims.users(),
                claims.kept());
        book.expire();
    }

    /// A namespace that came after the list counts as one without labels.
    private Optional<Map<String, String>> labels(String namespace) {
        return Optional.of(namespaces.getOrDefault(namespace, Map.of()));
    }

    public List<PoolEntry> pools() {
        return book.read(BookEntries::pools);
    }

    public List<ServiceEntry> services() {
        return book.read(BookEntries::services);
    }

    public List<AddressUse> addresses() {
        return book.read(BookEntries::addresses);
    }

    public ExplainAnswer explain(String namespace, String name) {
        return ServiceReasons.answer(
                new ServiceKey(namespace, name),
                Optional.ofNullable(client.services().inNamespace(namespace).withName(name).get()),
                this::labels,
                reader,
                book);
    }
}
