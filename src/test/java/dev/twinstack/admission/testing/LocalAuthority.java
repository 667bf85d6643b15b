package dev.twinstack.admission.testing;

import dev.twinstack.admission.AddressAuthority;
import dev.twinstack.admission.ClusterFamilies;
import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.Allocator;
import dev.twinstack.allocation.ClaimDecision;
import dev.twinstack.allocation.ClaimKey;
import dev.twinstack.allocation.ClaimRequest;
import dev.twinstack.allocation.Decision;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.PoolPolicy;
import dev.twinstack.allocation.ServiceKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// An authority over a real allocator, without a cluster. For any thread.
public final class LocalAuthority implements AddressAuthority {

    private final Allocator allocator = new Allocator();
    private final ClusterFamilies families;
    private final Predicate<String> knowsNamespace;
    private final boolean leads;
    private List<Pool> late = List.of();

    public LocalAuthority(
            boolean leads, ClusterFamilies families, Predicate<String> knowsNamespace) {
        this.leads = leads;
        this.families = families;
        this.knowsNamespace = knowsNamespace;
    }

    public Allocator allocator() {
        return allocator;
    }

    /// These pools are in the cluster, but known only after [#caughtUp].
    public synchronized void later(List<Pool> pools) {
        late = List.copyOf(pools);
    }

    @Override
    public boolean leads() {
        return leads;
    }

    @Override
    public ClusterFamilies clusterFamilies() {
        return families;
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return Optional.of(Map.<String, String>of()).filter(_ -> knowsNamespace.test(namespace));
    }

    @Override
    public synchronized Decision decide(AddressRequest request) {
        return allocator.decide(request);
    }

    @Override
    public synchronized Decision reserve(AddressRequest request) {
        Decision decision = allocator.decide(request);
        if (decision instanceof Decision.Assigned assigned) {
            allocator.reserve(assigned, Instant.MAX);
        }
        return decision;
    }

    @Override
    public synchronized ClaimDecision decide(ClaimRequest request) {
        return allocator.decide(request);
    }

    @Override
    public synchronized List<ServiceKey> usersOf(ClaimKey claim) {
        return List.copyOf(allocator.users(claim));
    }

    @Override
    public synchronized PoolPolicy policy(String pool) {
        return allocator.pools().stream()
                .filter(each -> each.name().equals(pool))
                .map(Pool::policy)
                .findFirst()
                .orElse(PoolPolicy.NONE);
    }

    @Override
    public synchronized List<String> usersOf(String pool) {
        return allocator.holdings().entrySet().stream()
                .filter(held -> held.getValue().pool().equals(pool))
                .map(held -> "Service " + held.getKey())
                .sorted()
                .toList();
    }

    @Override
    public synchronized boolean caughtUp() {
        boolean changed = !late.isEmpty();
        if (changed) {
            allocator.setPools(late);
        }
        late = List.of();
        return changed;
    }
}
