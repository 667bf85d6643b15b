package dev.twinstack.operator.controller;

import dev.twinstack.admission.AddressAuthority;
import dev.twinstack.admission.ClusterFamilies;
import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.ClaimDecision;
import dev.twinstack.allocation.ClaimKey;
import dev.twinstack.allocation.ClaimRequest;
import dev.twinstack.allocation.Decision;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.PoolPolicy;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.crd.AddressPolicy;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.net.IpFamily;
import dev.twinstack.operator.ClusterConfigStore;
import dev.twinstack.operator.ConfigSnapshot;
import dev.twinstack.operator.Unreadable;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Answers the webhooks while this process leads: from the end of the take-over to the end of its
/// tenure, whichever clock says so first.
final class LeaderAuthority implements AddressAuthority {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /// What a tenure stands on.
    private record Office(AddressBook book, ClusterFamilies families) {}

    private final BooleanSupplier tenure;
    private final Function<String, Optional<Map<String, String>>> namespaceLabels;
    private final ClusterConfigStore store;
    private final KubernetesClient client;
    private final String namespace;
    private volatile @Nullable Office office;

    /// @param tenure whether the lease lasts, by the process's own clock
    LeaderAuthority(
            BooleanSupplier tenure,
            Function<String, Optional<Map<String, String>>> namespaceLabels,
            ClusterConfigStore store,
            KubernetesClient client,
            String namespace) {
        this.tenure = tenure;
        this.namespaceLabels = namespaceLabels;
        this.store = store;
        this.client = client;
        this.namespace = namespace;
    }

    void begin(AddressBook book, ClusterFamilies families) {
        office = new Office(book, families);
    }

    void end() {
        office = null;
    }

    /// The book to keep, also while the tenure has lapsed and may yet be extended: what happens in
    /// the cluster is noted there, nothing is decided by it. Empty before and after the office.
    Optional<AddressBook> bookInOffice() {
        return Optional.ofNullable(office).map(Office::book);
    }

    /// The book to decide by; empty when this process may not.
    Optional<AddressBook> book() {
        Office held = office;
        return held != null && tenure.getAsBoolean() ? Optional.of(held.book) : Optional.empty();
    }

    @Override
    public boolean leads() {
        return book().isPresent();
    }

    @Override
    public ClusterFamilies clusterFamilies() {
        Office held = office;
        return held == null ? new ClusterFamilies(IpFamily.IPV4, false) : held.families;
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String name) {
        return namespaceLabels
                .apply(name)
                .or(() ->
                        store.current().filter(LeaderAuthority::selectsNamespaces).isPresent()
                                ? Optional.empty()
                                : Optional.of(Map.of()));
    }

    private static boolean selectsNamespaces(ConfigSnapshot snapshot) {
        return snapshot.config().pools().stream().anyMatch(LeaderAuthority::selectsNamespaces);
    }

    private static boolean selectsNamespaces(Pool pool) {
        return pool.scope().stream().anyMatch(scope -> !scope.namespaceSelectors().isEmpty())
                || pool.policy().quotas().stream()
                        .anyMatch(quota -> !quota.namespaceSelectors().isEmpty());
    }

    @Override
    public Decision decide(AddressRequest request) {
        return leadersBook().decide(request);
    }

    @Override
    public Decision reserve(AddressRequest request) {
        return leadersBook().reserve(request);
    }

    @Override
    public ClaimDecision decide(ClaimRequest request) {
        return leadersBook().decide(request);
    }

    @Override
    public List<ServiceKey> usersOf(ClaimKey claim) {
        return leadersBook().usersOf(claim);
    }

    @Override
    public PoolPolicy policy(String pool) {
        return store.current()
                .flatMap(snapshot -> snapshot.config().pool(pool))
                .map(Pool::policy)
                .orElse(PoolPolicy.NONE);
    }

    @Override
    public List<String> usersOf(String pool) {
        return leadersBook().usersOf(pool);
    }

    /// The snapshot's listeners, the book among them, have been told when the wait ends.
    @Override
    public boolean caughtUp() {
        try {
            Map<String, Long> wanted =
                    generations(stored(IPAddressPool.class), stored(AddressPolicy.class));
            return store.await(
                    snapshot ->
                            generations(snapshot.objects().pools(), snapshot.objects().policies())
                                    .equals(wanted),
                    LONGEST_WAIT);
        } catch (KubernetesClientException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T extends HasMetadata> List<T> stored(Class<T> kind) {
        return client.resources(kind).inNamespace(namespace).list().getItems().stream()
                .filter(Unreadable::isReadable)
                .toList();
    }

    private AddressBook leadersBook() {
        return book().orElseThrow(() -> new IllegalStateException("this process does not lead"));
    }

    /// How new these objects are: all that says which addresses there are, and for whom.
    static Map<String, Long> generations(List<IPAddressPool> pools, List<AddressPolicy> policies) {
        Map<String, Long> generations = new HashMap<>();
        Stream.concat(pools.stream(), policies.stream())
                .map(HasMetadata::getMetadata)
                .forEach(object -> generations.put(object.getUid(), object.getGeneration()));
        return generations;
    }
}
