package dev.twinstack.operator.controller;

import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.Allocator;
import dev.twinstack.allocation.DrainMove;
import dev.twinstack.allocation.Drainage;
import dev.twinstack.allocation.Explanation;
import dev.twinstack.allocation.Holding;
import dev.twinstack.allocation.Refusal;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.operator.AddressUse;
import dev.twinstack.operator.ControllerView.PoolEntry;
import dev.twinstack.operator.ControllerView.ServiceEntry;
import dev.twinstack.operator.ServiceExplanation.LastDecision;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the [AddressBook] has to say to metrics, the API and people. All under the book's lock; see
/// [AddressBook#read].
final class BookEntries {

    private final Allocator allocator;
    private final WaitingDesk waiting;
    private final Drainage drainage;
    private final DecisionLog decisions;

    private final InstantSource clock;

    BookEntries(
            Allocator allocator,
            WaitingDesk waiting,
            Drainage drainage,
            DecisionLog decisions,
            InstantSource clock) {
        this.allocator = allocator;
        this.waiting = waiting;
        this.drainage = drainage;
        this.decisions = decisions;
        this.clock = clock;
    }

    List<PoolEntry> pools() {
        return allocator.pools().stream()
                .map(pool -> new PoolEntry(pool, allocator.usage(pool.name()).orElseThrow()))
                .toList();
    }

    List<ServiceEntry> services() {
        Set<ServiceKey> services = new TreeSet<>(allocator.holdings().keySet());
        services.addAll(waiting.unsatisfied());
        return services.stream().map(this::entry).toList();
    }

    /// Who has which address, by pool and address.
    List<AddressUse> addresses() {
        return AddressUses.of(allocator, decisions);
    }

    /// What each pool can do for a Service. Keeps nothing.
    Explanation explain(AddressRequest request) {
        return allocator.explain(Drainage.timed(request, clock.instant()));
    }

    /// Where a Service of a draining pool stands; empty if it is in none.
    Optional<DrainMove> move(ServiceKey service) {
        return drainage.move(service);
    }

    /// The last decision about a Service, if there was one in this tenure.
    Optional<LastDecision> last(ServiceKey service) {
        return decisions.last(service);
    }

    private ServiceEntry entry(ServiceKey service) {
        Holding holding = allocator.holding(service);
        return new ServiceEntry(
                service.namespace(),
                service.name(),
                holding.pool(),
                holding.addresses(),
                waiting.why(service).map(Refusal::text).orElse(""));
    }
}
