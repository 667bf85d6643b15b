package dev.twinstack.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.allocation.NaiveModel.Answer;
import dev.twinstack.allocation.NaiveModel.Claim;
import dev.twinstack.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the controller does with the allocator, without Kubernetes: Services with a status, a queue
/// of those that wait, and events. Each decision is compared with the [NaiveModel].
final class SimulatedOperator {

    /// A Service as the API server has it; `status` changes.
    static final class Stored {
        AddressRequest spec;
        final Instant created;
        List<IpAddress> status = List.of();

        Stored(AddressRequest spec, Instant created) {
            this.spec = spec;
            this.created = created;
        }

        AddressRequest request() {
            return spec.withHeld(status);
        }
    }

    final Map<ServiceKey, Stored> services = new TreeMap<>();
    final Set<ServiceKey> unseen = new TreeSet<>();
    Allocator allocator = new Allocator();
    WaitingServices waiting = new WaitingServices();
    private Instant now = Instant.EPOCH;

    void tick() {
        now = now.plusSeconds(1);
        wake(allocator.expire(now));
    }

    /// Admission answers a create. The object may then be stored or not.
    void admit(AddressRequest request, boolean stored) {
        List<IpAddress> promised = List.of();
        if (decide(request) instanceof Decision.Assigned assigned) {
            promised = assigned.addresses();
            wake(allocator.reserve(assigned, now.plusSeconds(3)));
        }
        if (stored) {
            services.put(request.service(), new Stored(request.withProposed(promised), now));
            unseen.add(request.service());
        }
    }

    /// A dry run leaves no trace.
    void dryRun(AddressRequest request) {
        List<PoolUsage> before = allocator.usage();
        decide(request);
        assertThat(allocator.usage()).isEqualTo(before);
    }

    void update(ServiceKey key, AddressRequest spec) {
        Stored service = services.get(key);
        if (service != null) {
            service.spec = spec.withProposed(service.spec.proposed());
            reconcile(key);
        }
    }

    void delete(ServiceKey key) {
        services.remove(key);
        unseen.remove(key);
        waiting.remove(key);
        wake(allocator.release(key));
    }

    void setPools(List<Pool> pools) {
        PoolsDiff diff = allocator.setPools(pools);
        diff.affected().forEach(this::reconcile);
        if (diff.wakesWaiting()) {
            waiting.all().forEach(this::reconcile);
        }
    }

    /// The leader changes: only what the API server has remains.
    void restart(List<Pool> pools) {
        allocator = new Allocator();
        waiting = new WaitingServices();
        allocator.setPools(pools);
        List<Stored> inOrder = new ArrayList<>(services.values());
        inOrder.sort(
                Comparator.comparing((Stored s) -> s.status.isEmpty() && s.spec.wanted().isEmpty())
                        .thenComparing(s -> s.created)
                        .thenComparing(s -> s.spec.service()));
        for (Stored service : inOrder) {
            List<IpAddress> status = service.status;
            assertThat(allocator.adopt(service.spec.service(), status, service.spec.sharing()))
                    .isEqualTo(status);
        }
        inOrder.forEach(service -> reconcile(service.spec.service()));
    }

    void reconcile(ServiceKey key) {
        Stored service = services.get(key);
        if (service == null) {
            return;
        }
        unseen.remove(key);
        Decision decision = decide(service.request());
        service.status = decision.addresses();
        Set<Room> gained = allocator.commit(decision);
        waiting.note(service.request(), service.created, decision);
        wake(gained);
    }

    private void wake(Set<Room> gained) {
        waiting.wake(gained, allocator::hasRoom, this::reconcile);
    }

    Decision decide(AddressRequest request) {
        Decision decision = allocator.decide(request);
        Optional<Answer> expected = model(request).decide();
        Optional<Answer> actual =
                switch (decision) {
                    case Decision.Assigned assigned ->
                            Optional.of(new Answer(assigned.pool(), assigned.addresses()));
                    case Decision.Refused _ -> Optional.empty();
                };
        assertThat(actual).as("%s of %s", decision, request).isEqualTo(expected);
        return decision;
    }

    private NaiveModel model(AddressRequest request) {
        List<Claim> claims = new ArrayList<>();
        Set<ServiceKey> keys = new HashSet<>(services.keySet());
        keys.addAll(PropertyWorld.KEYS);
        for (ServiceKey key : keys) {
            addClaims(claims, key, allocator.holding(key));
            addClaims(claims, key, allocator.reservation(key));
        }
        ServiceKey service = request.service();
        return new NaiveModel(
                allocator.pools(),
                claims,
                request,
                allocator.holding(service),
                allocator.reservation(service));
    }

    private static void addClaims(List<Claim> claims, ServiceKey key, Holding holding) {
        holding.addresses().forEach(a -> claims.add(new Claim(key, a, holding.sharing())));
    }
}
