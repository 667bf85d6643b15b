package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Moves the Services of draining pools, one after the other and those that share an address
/// together. It says which step a Service takes at its next look, and who is to be looked at.
///
/// Nothing in here has to survive: after a restart it is told of every decision again, and each
/// Service says itself which addresses are old and until when.
///
/// Not thread-safe, like the [Allocator] beside it. It reads no clock.
public final class Drainage {

    /// How far the drain of a pool is.
    ///
    /// @param waiting how many Services have only its addresses and can go
    /// @param stuck those that have only its addresses and can't go, with the reason, oldest first
    /// @param moving those that have both its addresses and new ones
    public record Progress(int waiting, Map<ServiceKey, Refusal> stuck, List<ServiceKey> moving) {

        /// How many Services still have an address of the pool.
        public int remaining() {
            return waiting + stuck.size() + moving.size();
        }
    }

    private final Allocator allocator;
    private final DrainQueue queue = new DrainQueue();
    private final SharedMove shared;

    /// Those that follow another one.
    private final Map<ServiceKey, DrainStep.Join> joining = new HashMap<>();

    /// Who stays only because another one does, by that one.
    private final Map<ServiceKey, Set<ServiceKey>> heldBack = new HashMap<>();

    /// Services of draining pools that have not been looked at yet: until then nobody knows whose
    /// turn it is.
    private final Set<ServiceKey> awaited = new HashSet<>();

    private Instant awaitedUntil = Instant.MIN;
    private Set<String> draining = Set.of();

    public Drainage(Allocator allocator) {
        this.allocator = allocator;
        this.shared = new SharedMove(allocator, queue);
    }

    /// Pools have changed, or a tenure begins: nobody begins to move before all Services of pools
    /// that drain from now on have been looked at, or the time is over.
    public void expect(Instant until) {
        Set<String> now = new HashSet<>();
        for (Pool pool : allocator.pools()) {
            if (pool.policy().drain().isPresent()) {
                now.add(pool.name());
            }
        }
        Set<String> fresh = new HashSet<>(now);
        fresh.removeAll(draining);
        draining = now;
        if (!fresh.isEmpty()) {
            awaitedUntil = until;
            allocator
                    .holdings()
                    .forEach((service, holding) -> {
                        if (fresh.contains(holding.pool()) && queue.member(service) == null) {
                            awaited.add(service);
                        }
                    });
        }
    }

    /// The request with the step that follows from what the Service says of itself alone.
    public static AddressRequest timed(AddressRequest request, Instant now) {
        return request.drainStep() instanceof DrainStep.Overlap overlap
                        && !overlap.until().isAfter(now)
                ? request.withDrainStep(new DrainStep.End(overlap.old()))
                : request;
    }

    /// The decision about a stored Service, which takes a step if it is its turn.
    public Decision decide(AddressRequest asked, Instant now) {
        AddressRequest request = timed(asked, now);
        if (!request.drainStep().equals(DrainStep.NONE)) {
            return allocator.decide(request);
        }
        DrainStep step = step(request, now);
        Decision decision = allocator.decide(request.withDrainStep(step));
        return step instanceof DrainStep.Begin ? shared.orStay(request, decision, now) : decision;
    }

    private DrainStep step(AddressRequest request, Instant now) {
        ServiceKey service = request.service();
        DrainStep.Join join = joining.get(service);
        if (join != null) {
            return join;
        }
        DrainQueue.Member member = queue.member(service);
        if (member != null && member.move() instanceof DrainMove.Overlapping begun) {
            // What it was given was not written.
            return new DrainStep.Join(begun.until(), begun.next());
        }
        return isComplete(now) && queue.mayBegin(service)
                ? new DrainStep.Begin(now, shared.terms(request))
                : DrainStep.NONE;
    }

    private boolean isComplete(Instant now) {
        return awaited.isEmpty() || !now.isBefore(awaitedUntil);
    }

    /// Remembers where a decision that has been carried out leaves the Service.
    public void note(AddressRequest request, Instant created, Decision decision) {
        ServiceKey service = request.service();
        remove(service);
        queue.note(request, created, decision);
        @Nullable DrainMove move =
                decision instanceof Decision.Assigned assigned
                        ? assigned.move().orElse(null)
                        : null;
        switch (move) {
            case null -> {
                // It is in no draining pool.
            }
            case DrainMove.Stuck stuck -> {
                if (stuck.why() instanceof Refusal.HeldBack(ServiceKey other, _)) {
                    heldBack.computeIfAbsent(other, any -> new LinkedHashSet<>()).add(service);
                }
            }
            case DrainMove.Waiting _ ->
                    shared.leader(service).ifPresent(join -> joining.put(service, join));
            case DrainMove.Overlapping moving ->
                    follow(
                            service,
                            moving.old(),
                            new DrainStep.Join(moving.until(), moving.next()));
            case DrainMove.Arrived arrived ->
                    follow(
                            service,
                            arrived.old(),
                            new DrainStep.Join(Instant.EPOCH, arrived.next()));
        }
    }

    private void follow(ServiceKey service, List<IpAddress> old, DrainStep.Join join) {
        shared.behind(service, old).forEach(other -> joining.put(other, join));
    }

    /// The Service is gone, or nobody knows what it asks for. Who stayed because of it may go.
    public void remove(ServiceKey service) {
        awaited.remove(service);
        joining.remove(service);
        queue.remove(service);
        Set<ServiceKey> others = heldBack.remove(service);
        if (others != null) {
            others.forEach(queue::retry);
        }
    }

    /// There may be room for one that could not go: it stands in line again.
    public void retry(ServiceKey service) {
        queue.retry(service);
    }

    /// Who is to be looked at: whose turn it is, who follows another one, whose overlap is over.
    public Set<ServiceKey> due(Instant now) {
        if (queue.isEmpty()) {
            return Set.of();
        }
        Set<ServiceKey> due = new LinkedHashSet<>(joining.keySet());
        if (isComplete(now)) {
            due.addAll(queue.next());
        }
        for (DrainQueue.Member member : queue.moving()) {
            if (member.move() instanceof DrainMove.Overlapping moving
                    && !moving.until().isAfter(now)) {
                due.add(member.service());
            }
        }
        return due;
    }

    /// Where the last decision left the Service; empty if it is in no draining pool.
    public Optional<DrainMove> move(ServiceKey service) {
        return Optional.ofNullable(queue.member(service)).map(DrainQueue.Member::move);
    }

    /// All zero for a pool that is empty or does not drain.
    public Progress progress(String pool) {
        Map<ServiceKey, Refusal> stuck = new LinkedHashMap<>();
        for (DrainQueue.Member member : queue.stuck(pool)) {
            if (member.move() instanceof DrainMove.Stuck its) {
                stuck.put(member.service(), its.why());
            }
        }
        List<ServiceKey> moving = new ArrayList<>();
        queue.moving(pool).forEach(member -> moving.add(member.service()));
        return new Progress(queue.waiting(pool), stuck, moving);
    }
}
