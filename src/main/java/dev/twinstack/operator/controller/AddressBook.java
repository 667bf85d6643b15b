package dev.twinstack.operator.controller;

import static java.util.Comparator.comparing;

import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.Allocator;
import dev.twinstack.allocation.ClaimDecision;
import dev.twinstack.allocation.ClaimHolding;
import dev.twinstack.allocation.ClaimKey;
import dev.twinstack.allocation.ClaimRequest;
import dev.twinstack.allocation.Decision;
import dev.twinstack.allocation.Drainage;
import dev.twinstack.allocation.Holding;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.PoolUsage;
import dev.twinstack.allocation.PoolsDiff;
import dev.twinstack.allocation.Room;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.allocation.Sharing;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Who has which address, for one tenure of this controller: the [Allocator] and the queue of those
/// who wait, under one lock. Webhooks and reconciler come here; nobody else decides. For any
/// thread; never blocks on anything but the lock.
///
/// What comes free is given, under the same lock, to who has waited longest, as a reservation; the
/// reconciler is told and makes it real. So nobody who comes later can be served first.
final class AddressBook {

    /// One Service as it was found when the tenure began.
    ///
    /// @param request empty for one that asks wrongly
    record Found(
            ServiceKey service,
            Instant created,
            List<IpAddress> held,
            Optional<AddressRequest> request) {

        private Sharing sharing() {
            return request.map(AddressRequest::sharing).orElse(Sharing.NONE);
        }

        private boolean wantsParticular() {
            return request.isPresent() && !request.get().wanted().isEmpty();
        }
    }

    /// So long nobody begins to leave a draining pool while not all its Services have been looked
    /// at since it drains.
    private static final Duration GATHERING = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Allocator allocator = new Allocator();
    private final DecisionLog decisions = new DecisionLog();

    private final Set<ServiceKey> toWake = new LinkedHashSet<>();
    private final InstantSource clock;
    private final Duration reservation;
    private final Consumer<ServiceKey> wake;
    private final ClaimDesk claims;
    private final WaitingDesk waiting;
    private final Drainage drainage = new Drainage(allocator);
    private final Set<ServiceKey> called = new HashSet<>();
    private final Retirement retirement;
    private final BookEntries entries;
    private volatile Object state = new Object();

    /// @param reservation how long an answer of the webhook is kept
    /// @param wake told, outside the lock, of Services that need another look
    /// @param wakeClaim the same of claims
    AddressBook(
            InstantSource clock,
            Duration reservation,
            Consumer<ServiceKey> wake,
            Consumer<ClaimKey> wakeClaim) {
        this.clock = clock;
        this.reservation = reservation;
        this.wake = wake;
        this.claims = new ClaimDesk(allocator, wakeClaim);
        this.waiting = new WaitingDesk(allocator, claims, drainage, this::deadline, toWake::add);
        this.retirement = new Retirement(allocator, clock);
        this.entries = new BookEntries(allocator, waiting, drainage, decisions, clock);
    }

    /// Before anything is decided: Services keep what their status says, oldest first; then those
    /// without get a reservation, who wants a certain address first, else the oldest. Nobody is
    /// woken: after this every Service is looked at. Claims keep what their status says before any
    /// Service does; what is kept for Services that have been deleted, seen or not, stays so.
    void rehome(
            List<Pool> pools,
            List<Found> services,
            List<ClaimDesk.Found> claimed,
            List<Retirement.Kept> kept) {
        changing(() -> {
            adoptAll(pools, services, claimed, kept);
            waiting.serveFirst(
                    services.stream()
                            .sorted(
                                    comparing((Found found) -> !found.wantsParticular())
                                            .thenComparing(Found::created)
                                            .thenComparing(Found::service))
                            .toList());
            services.forEach(found -> toWake.add(found.service()));
            drainage.expect(clock.instant().plus(GATHERING));
            return services;
        });
    }

    /// The same without serving anybody who waits: for a book that is only asked.
    void adopt(
            List<Pool> pools,
            List<Found> services,
            List<ClaimDesk.Found> claimed,
            List<Retirement.Kept> kept) {
        changing(() -> {
            adoptAll(pools, services, claimed, kept);
            return services;
        });
    }

    private void adoptAll(
            List<Pool> pools,
            List<Found> services,
            List<ClaimDesk.Found> claimed,
            List<Retirement.Kept> kept) {
        allocator.setPools(pools);
        claims.adopt(claimed);
        retirement.adopt(kept);
        services.stream()
                .sorted(comparing(Found::created).thenComparing(Found::service))
                .forEach(this::adopt);
        retirement.adoptUnseen(kept);
    }

    /// What the Service would get. Keeps nothing.
    Decision decide(AddressRequest request) {
        return locked(() -> allocator.decide(timed(request)));
    }

    private AddressRequest timed(AddressRequest request) {
        return Drainage.timed(request, clock.instant());
    }

    /// What the Service gets, kept for it until it shows up or the time is over.
    Decision reserve(AddressRequest request) {
        return locked(() -> {
            Decision decision = allocator.decide(timed(request));
            if (decision instanceof Decision.Assigned assigned) {
                waiting.endServed(request.service());
                waiting.serve(allocator.reserve(assigned, deadline()));
            }
            return decision;
        });
    }

    /// What the stored Service gets; from now on it holds that and nothing else. If it is its turn
    /// to leave a draining pool, it goes a step.
    ///
    /// @param created its creation time, by which it waits
    Decision confirm(AddressRequest request, Instant created) {
        return changing(() -> {
            Decision decision = drainage.decide(request, now());
            Set<ClaimKey> before = claims.usedBy(request.service());
            Set<Room> gained = allocator.commit(decision);
            claims.moved(before, claims.usedBy(request.service()));
            waiting.endServed(request.service());
            waiting.remember(request, created, decision);
            drainage.note(request, created, decision);
            called.remove(request.service());
            decisions.note(decision, clock.instant());
            waiting.serve(gained);
            return decision;
        });
    }

    /// The Service is deleted: as [#release], but its addresses are kept where the policy of their
    /// pool says so.
    void deleted(ServiceKey service) {
        changing(() -> {
            waiting.serve(retirement.retire(service));
            vacate(service);
            return service;
        });
    }

    /// The Service is no longer ours, or asks for nothing any more. A reservation made at admission
    /// stays to its deadline: it may belong to a new Service of the same name.
    void release(ServiceKey service) {
        changing(() -> {
            vacate(service);
            return service;
        });
    }

    private void vacate(ServiceKey service) {
        decisions.forget(service);
        waiting.forget(service);
        drainage.remove(service);
        claims.moved(claims.usedBy(service), Set.of());
        boolean served = waiting.endServed(service);
        waiting.serve(served ? allocator.release(service) : allocator.vacate(service));
    }

    /// What the claim would get. Keeps nothing.
    ClaimDecision decide(ClaimRequest request) {
        return locked(() -> allocator.decide(request));
    }

    /// What the stored claim gets; from now on it holds that. If that is something else than
    /// before, the Services that may use it are woken.
    ClaimDecision confirm(ClaimRequest request) {
        return changing(() -> {
            ClaimDecision decision = allocator.decide(request);
            Optional<ClaimHolding> before = claims.holding(request.claim());
            Set<ServiceKey> users = allocator.users(request.claim());
            Set<Room> gained = allocator.commit(decision);
            claims.note(request, decision);
            if (!claims.holding(request.claim()).equals(before)) {
                request.reservedFor().ifPresent(toWake::add);
                toWake.addAll(users);
                toWake.addAll(allocator.users(request.claim()));
            }
            waiting.serve(gained);
            return decision;
        });
    }

    /// The claim is being deleted: Services that are on it stay, no more come.
    void leave(ClaimKey claim) {
        locked(() -> {
            allocator.leave(claim);
            return claim;
        });
    }

    /// The claim is gone; Services that were on its addresses are looked at again.
    void release(ClaimKey claim) {
        changing(() -> {
            toWake.addAll(allocator.users(claim));
            claims.forget(claim);
            waiting.serve(allocator.release(claim));
            return claim;
        });
    }

    /// The Services that have addresses of the claim.
    List<ServiceKey> usersOf(ClaimKey claim) {
        return locked(() -> List.copyOf(allocator.users(claim)));
    }

    /// What of these addresses would be kept if the Service were deleted.
    List<Retirement.Kept> worthKeeping(ServiceKey service, List<IpAddress> addresses) {
        return locked(() -> retirement.ofLiving(service, addresses));
    }

    /// Another one whenever what is to be kept may have changed.
    Object state() {
        return state;
    }

    /// What is to be kept beyond the life of its Service.
    List<Retirement.Kept> kept() {
        return locked(retirement::all);
    }

    /// Keeps these no longer for a deleted Service.
    void endRetention(ServiceKey service, List<IpAddress> addresses) {
        changing(() -> {
            waiting.serve(allocator.endRetention(service, addresses));
            return service;
        });
    }

    /// How many addresses of these pools each namespace has.
    Map<String, Long> usedByNamespace(List<String> pools, IpFamily family) {
        return locked(() -> {
            Map<String, Long> used = new HashMap<>();
            for (String pool : pools) {
                allocator
                        .usedByNamespace(pool, family)
                        .forEach((namespace, count) -> used.merge(namespace, count, Long::sum));
            }
            return used;
        });
    }

    /// The Service asks wrongly: it keeps what it holds and waits for nothing.
    Holding keep(ServiceKey service) {
        return locked(() -> {
            decisions.forget(service);
            waiting.forget(service);
            drainage.remove(service);
            return allocator.holding(service);
        });
    }

    /// Wakes the Services that the change is something to, and no others.
    void setPools(List<Pool> pools) {
        changing(() -> {
            PoolsDiff diff = allocator.setPools(pools);
            drainage.expect(clock.instant().plus(GATHERING));
            toWake.addAll(diff.renamed().keySet());
            toWake.addAll(diff.recheck());
            toWake.addAll(diff.moving());
            claims.poolsChanged(diff);
            if (diff.wakesWaiting() || !diff.removed().isEmpty()) {
                waiting.serveAll();
                toWake.addAll(waiting.unsatisfied());
            }
            return diff;
        });
    }

    /// Ends the reservations whose time is over, and the overlaps of Services that move. To be
    /// called now and then.
    void expire() {
        locked(() -> {
            // Who was called and has not come is called again.
            called.clear();
            int kept = allocator.retained().size();
            waiting.expired(allocator.expire(clock.instant()));
            if (allocator.retained().size() != kept) {
                state = new Object();
            }
            return clock;
        });
    }

    /// Whether an address is one of ours to give.
    boolean isOurs(IpAddress address) {
        return locked(() -> allocator.poolOf(address).isPresent());
    }

    /// Who has addresses of the pool, by name.
    List<String> usersOf(String pool) {
        return locked(() ->
                Stream.concat(
                                allocator.holdings().entrySet().stream()
                                        .filter(held -> held.getValue().pool().equals(pool))
                                        .map(held -> "Service " + held.getKey())
                                        .sorted(),
                                allocator.claims().entrySet().stream()
                                        .filter(held -> held.getValue().pool().equals(pool))
                                        .map(held -> "AddressClaim " + held.getKey()))
                        .toList());
    }

    /// How far the drain of a pool is.
    Drainage.Progress drained(String pool) {
        return locked(() -> drainage.progress(pool));
    }

    List<PoolUsage> usage() {
        return locked(allocator::usage);
    }

    /// What the book says just now. The question keeps nothing of what it is given.
    <T> T read(Function<BookEntries, T> question) {
        return locked(() -> question.apply(entries));
    }

    private <T> T changing(Supplier<T> work) {
        return locked(() -> {
            state = new Object();
            return work.get();
        });
    }

    /// Runs with the lock held, and wakes afterwards whoever was served on the way.
    private <T> T locked(Supplier<T> work) {
        List<ServiceKey> woken = List.of();
        lock.lock();
        try {
            T result = work.get();
            drainage.due(clock.instant()).stream().filter(called::add).forEach(toWake::add);
            woken = List.copyOf(toWake);
            toWake.clear();
            return result;
        } finally {
            lock.unlock();
            woken.forEach(wake);
            claims.wakeAll();
        }
    }

    private void adopt(Found found) {
        if (!found.held().isEmpty()) {
            allocator.adopt(found.service(), found.held(), found.sharing());
        }
    }

    /// Whole seconds are enough for an overlap, and easier to read.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private Instant deadline() {
        return clock.instant().plus(reservation);
    }
}
