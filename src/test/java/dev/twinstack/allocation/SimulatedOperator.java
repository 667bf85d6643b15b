package dev.twinstack.allocation;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.allocation.NaiveModel.Answer;
import dev.twinstack.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the controller does with the allocator, without Kubernetes: Services with a status, a queue
/// of those that wait, one of those that move, claims, and events. Each decision is compared with
/// the [NaiveModel].
final class SimulatedOperator {

    /// A Service as the API server has it; `status` and what follows changes.
    static final class Stored {
        AddressRequest spec;
        final Instant created;
        List<IpAddress> status = List.of();
        List<IpAddress> leaving = List.of();
        Instant leavesAt = Instant.EPOCH;

        Stored(AddressRequest spec, Instant created) {
            this.spec = spec;
            this.created = created;
        }

        boolean isMoving() {
            return !leaving.isEmpty();
        }
    }

    final Map<ServiceKey, Stored> services = new TreeMap<>();
    final Map<ClaimKey, ClaimRequest> claims = new TreeMap<>();
    final Set<ServiceKey> unseen = new TreeSet<>();
    Allocator allocator = new Allocator();
    WaitingServices waiting = new WaitingServices();
    Drainage drain = new Drainage(allocator);
    private Instant now = Instant.EPOCH;

    /// Time passes: reservations, retentions and overlaps end, claims try again, Services move.
    void tick() {
        now = now.plusSeconds(1);
        wake(allocator.expire(now));
        for (int turn = 0; ; turn++) {
            assertThat(turn).as("turns until everything is at rest").isLessThan(200);
            Set<ServiceKey> due = new TreeSet<>(drain.due(now));
            due.removeAll(unseen);
            if (due.isEmpty() && !retryClaims()) {
                return;
            }
            due.forEach(this::reconcile);
        }
    }

    private boolean retryClaims() {
        boolean changed = false;
        for (ClaimKey claim : List.copyOf(claims.keySet())) {
            changed |= reconcileClaim(claim);
        }
        return changed;
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

    void delete(ServiceKey key, int keepSeconds) {
        services.remove(key);
        unseen.remove(key);
        waiting.remove(key);
        drain.remove(key);
        if (keepSeconds > 0) {
            allocator.retain(
                    key,
                    allocator.holding(key).addresses(),
                    now.plusSeconds(keepSeconds),
                    now.plusSeconds(keepSeconds + 2));
        }
        wake(allocator.release(key));
    }

    void setClaim(ClaimRequest request) {
        claims.put(request.claim(), request);
        reconcileClaim(request.claim());
    }

    void deleteClaim(ClaimKey claim) {
        claims.remove(claim);
        Set<ServiceKey> concerned = concerned(claim);
        wake(allocator.release(claim));
        concerned.forEach(this::reconcile);
    }

    private boolean reconcileClaim(ClaimKey key) {
        ClaimHolding before = allocator.claims().get(key);
        Set<ServiceKey> concerned = concerned(key);
        ClaimRequest request = claims.get(key);
        if (request == null) {
            return false;
        }
        ClaimDecision decision = allocator.decide(request);
        Set<Room> gained = allocator.commit(decision);
        assertThat(allocator.decide(request)).as("fixed point of " + key).isEqualTo(decision);
        if (Objects.equals(before, allocator.claims().get(key))) {
            return false;
        }
        concerned.addAll(concerned(key));
        concerned.forEach(this::reconcile);
        wake(gained);
        return true;
    }

    /// Who uses the claim, is to use it, or wants to.
    private Set<ServiceKey> concerned(ClaimKey key) {
        Set<ServiceKey> concerned = new TreeSet<>(allocator.users(key));
        ClaimHolding holding = allocator.claims().get(key);
        if (holding != null) {
            holding.reservedFor().ifPresent(concerned::add);
        }
        services.forEach((service, stored) -> {
            if (stored.spec.claim().filter(key::equals).isPresent()) {
                concerned.add(service);
            }
        });
        concerned.removeAll(unseen);
        return concerned;
    }

    void setPools(List<Pool> pools) {
        PoolsDiff diff = allocator.setPools(pools);
        drain.expect(now.plusSeconds(2));
        diff.claims().forEach(this::reconcileClaim);
        diff.affected().forEach(this::reconcile);
        if (diff.wakesWaiting()) {
            waiting.all().forEach(this::reconcile);
        }
    }

    /// The leader changes: only what the API server has remains.
    void restart(List<Pool> pools) {
        Allocator before = allocator;
        allocator = new Allocator();
        waiting = new WaitingServices();
        drain = new Drainage(allocator);
        allocator.setPools(pools);
        before.claims()
                .forEach((key, claim) ->
                        assertThat(allocator.adopt(key, claim.addresses(), claim.reservedFor()))
                                .isEqualTo(claim.addresses()));
        before.retained()
                .forEach(kept ->
                        allocator.retain(
                                kept.service(),
                                kept.addresses(),
                                kept.keepUntil(),
                                kept.reusableFrom()));
        allocator.expire(now);
        assertThat(allocator.retained()).isEqualTo(before.retained());
        List<Stored> inOrder = new ArrayList<>(services.values());
        inOrder.sort(
                comparing((Stored s) -> s.status.isEmpty() && s.spec.wanted().isEmpty())
                        .thenComparing(s -> s.created)
                        .thenComparing(s -> s.spec.service()));
        for (Stored service : inOrder) {
            List<IpAddress> status = service.status;
            assertThat(allocator.adopt(service.spec.service(), status, service.spec.sharing()))
                    .isEqualTo(status);
        }
        drain.expect(now.plusSeconds(2));
        inOrder.forEach(service -> reconcile(service.spec.service()));
    }

    void reconcile(ServiceKey key) {
        Stored service = services.get(key);
        if (service == null) {
            return;
        }
        unseen.remove(key);
        AddressRequest request = request(service);
        Decision decision = decideStored(request);
        service.status = decision.addresses();
        DrainMove move =
                decision instanceof Decision.Assigned assigned
                        ? assigned.move().orElse(null)
                        : null;
        note(service, move);
        Set<Room> gained = allocator.commit(decision);
        waiting.note(request, service.created, decision);
        drain.note(request, service.created, decision);
        wake(gained);
    }

    private void note(Stored service, @Nullable DrainMove move) {
        if (move instanceof DrainMove.Overlapping overlapping) {
            service.leavesAt = overlapping.until();
            service.leaving = overlapping.old();
        } else {
            service.leaving = List.of();
        }
    }

    AddressRequest spec(ServiceKey key) {
        return Optional.ofNullable(services.get(key)).orElseThrow().spec;
    }

    AddressRequest request(Stored service) {
        DrainStep step =
                service.isMoving()
                        ? new DrainStep.Overlap(service.leaving, service.leavesAt)
                        : DrainStep.NONE;
        return service.spec.withHeld(service.status).withDrainStep(step);
    }

    private void wake(Set<Room> gained) {
        waiting.wake(
                gained,
                allocator::hasRoom,
                service -> {
                    drain.retry(service);
                    reconcile(service);
                });
    }

    /// The decision about a stored Service, which may take a step; without one it is as always.
    Decision decideStored(AddressRequest request) {
        Decision decision = drain.decide(request, now);
        Decision still = decide(Drainage.timed(request, now));
        if (decision instanceof Decision.Assigned assigned
                && assigned.move().isPresent()
                && !(assigned.move().get() instanceof DrainMove.Waiting)) {
            return decision;
        }
        assertThat(decision).isEqualTo(still);
        return decision;
    }

    /// Moves are not in the model: what must be true of them is checked where they are at rest.
    Decision decide(AddressRequest request) {
        Decision decision = allocator.decide(request);
        if (!request.drainStep().equals(DrainStep.NONE)) {
            return decision;
        }
        NaiveIndex index = new NaiveIndex(allocator, PropertyWorld.KEYS);
        Optional<Answer> expected = new NaiveModel(index, request, allocator).decide();
        Optional<Answer> actual =
                switch (decision) {
                    case Decision.Assigned assigned ->
                            Optional.of(new Answer(assigned.pool(), assigned.addresses()));
                    case Decision.Refused _ -> Optional.empty();
                };
        assertThat(actual).as("%s of %s", decision, request).isEqualTo(expected);
        return decision;
    }
}
