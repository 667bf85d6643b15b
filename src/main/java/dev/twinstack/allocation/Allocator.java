package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Who has which address, and who gets the next one.
///
/// [#decide] only reads: a dry run is a decision that nobody commits. What follows from it goes in
/// by [#commit], or, while a Service is only being admitted, by [#reserve]. All methods that change
/// something return the rooms that came free, for the Services that wait.
///
/// Cost: finding the next address, taking it and giving it back is O(log n) in the runs of free
/// addresses; "is it full" is O(1); nothing ever scans a pool. A Service with a sharing key looks
/// at the addresses shared under its key, and at no others.
///
/// Threads: none of its own, and not safe for several; the caller guards it with one lock. It reads
/// no clock.
public final class Allocator {

    /// Enough for every Service that a cluster makes within the time of a reservation.
    private static final int MOST_RESERVATIONS = 4_096;

    private final int mostReservations;
    private final Tenancies tenancies = new Tenancies(new PoolTable(List.of()));
    private final Holdings holdings = new Holdings(tenancies);
    private final Liens liens = new Liens(tenancies);

    public Allocator() {
        this(MOST_RESERVATIONS);
    }

    /// @param mostReservations how many may be outstanding
    Allocator(int mostReservations) {
        this.mostReservations = mostReservations;
    }

    /// What the Service gets, or why not. The same request in the same state always has the same
    /// answer, and a Service that already has what it is given keeps it.
    ///
    /// A refused Service keeps the addresses that it may have: asking for another address, or for a
    /// second family, and not getting it takes nothing away. (MetalLB gives the old address back
    /// first, and the Service ends with none.)
    public Decision decide(AddressRequest request) {
        return new Deliberation(request, tenancies, holdings, liens).decide();
    }

    /// What each pool can do for the Service, and why it gets what it gets. Costs one decision for
    /// each pool; reads only.
    public Explanation explain(AddressRequest request) {
        return new Explanation(
                request,
                new Explaining(request, tenancies.pools(), this::decide).verdicts(),
                holding(request.service()),
                reservation(request.service()),
                decide(request));
    }

    /// Makes a decision true in the index: the Service has its addresses and nothing else.
    ///
    /// @throws IllegalStateException if another Service has meanwhile got one of them
    public Set<Room> commit(Decision decision) {
        check(decision);
        Set<Room> gained = holdings.hold(decision.service(), holding(decision));
        liens.resume(decision.addresses(), gained);
        return gained;
    }

    /// Keeps the addresses for the Service until the deadline, as taken for all others. It replaces
    /// an earlier reservation of the Service, and ends when the same Service commits them. Nothing
    /// is kept while too many others have reserved: the decision is then no more than a forecast.
    ///
    /// @throws IllegalStateException if another Service has meanwhile got one of them
    public Set<Room> reserve(Decision.Assigned decision, Instant deadline) {
        check(decision);
        if (reservation(decision.service()).isEmpty()
                && holdings.reservations() >= mostReservations) {
            return Set.of();
        }
        return holdings.reserve(decision.service(), holding(decision), deadline);
    }

    /// Ends the reservations whose deadline has come, and what is kept no longer.
    public Set<Room> expire(Instant now) {
        Set<Room> gained = holdings.expire(now);
        liens.expire(now, gained);
        return gained;
    }

    /// Gives back what the Service holds. What it has reserved stays until the deadline: it may
    /// belong to a new Service of the same name.
    public Set<Room> vacate(ServiceKey service) {
        return holdings.vacate(service);
    }

    /// Gives back everything that the Service holds or has reserved.
    public Set<Room> release(ServiceKey service) {
        return holdings.release(service);
    }

    /// Takes over what the status of a Service says, as far as no other Service's tenancy forbids
    /// it. To be called for all Services that have addresses, oldest first, before the first
    /// decision after a start, and after all claims: then nobody is given what another one already
    /// has. What was kept for a deleted Service gives way.
    ///
    /// @return the addresses that the Service now holds
    public List<IpAddress> adopt(ServiceKey service, List<IpAddress> addresses, Sharing sharing) {
        liens.resume(addresses, new HashSet<>());
        List<IpAddress> taken = new ArrayList<>();
        for (IpAddress address : addresses) {
            if (tenancies.conflict(address, service, sharing).isEmpty()) {
                taken.add(address);
            }
        }
        String home = PoolsChange.home(tenancies.pools(), taken, "");
        holdings.hold(service, new Holding(home, taken, sharing));
        return taken;
    }

    /// What the claim gets, or why not; the same rules as for Services.
    public ClaimDecision decide(ClaimRequest request) {
        return new ClaimDeliberation(request, tenancies, holdings, liens).decide();
    }

    /// Makes it true in the index. A claim that was refused keeps what it had.
    ///
    /// @throws IllegalStateException if somebody else has meanwhile got one of the addresses
    public Set<Room> commit(ClaimDecision decision) {
        Set<Room> gained = new HashSet<>();
        switch (decision) {
            case ClaimDecision.Bound(
                            ClaimKey claim,
                            String pool,
                            List<IpAddress> addresses,
                            Optional<ServiceKey> reservedFor) -> {
                for (IpAddress address : addresses) {
                    conflict(claim, address, reservedFor).ifPresent(Allocator::refuse);
                }
                liens.setClaim(claim, new ClaimHolding(pool, addresses, reservedFor), gained);
            }
            case ClaimDecision.Refused _ -> {
                // Nothing changes.
            }
        }
        return gained;
    }

    /// The claim is being deleted: Services that are on it stay, no more come.
    public void leave(ClaimKey claim) {
        liens.leave(claim);
    }

    /// Gives back what the claim holds. Services that use it stay where they are until the next
    /// decision about them: whoever deletes a claim looks at [#users] first.
    public Set<Room> release(ClaimKey claim) {
        Set<Room> gained = new HashSet<>();
        liens.removeClaim(claim, gained);
        return gained;
    }

    /// Takes over what the status of a claim says, before any Service is adopted.
    ///
    /// @return the addresses that the claim now holds
    public List<IpAddress> adopt(
            ClaimKey claim, List<IpAddress> addresses, Optional<ServiceKey> reservedFor) {
        List<IpAddress> taken =
                addresses.stream()
                        .filter(address -> conflict(claim, address, reservedFor).isEmpty())
                        .toList();
        if (!taken.isEmpty()) {
            String home = PoolsChange.home(tenancies.pools(), taken, "");
            liens.setClaim(claim, new ClaimHolding(home, taken, reservedFor), new HashSet<>());
        }
        return taken;
    }

    /// What all claims hold, by name: a view, to be read under the caller's lock.
    public NavigableMap<ClaimKey, ClaimHolding> claims() {
        return liens.claims();
    }

    /// The Services that are on addresses of the claim.
    public NavigableSet<ServiceKey> users(ClaimKey claim) {
        NavigableSet<ServiceKey> users = new TreeSet<>();
        ClaimHolding holding = liens.claim(claim);
        if (holding != null) {
            holding.addresses().forEach(address -> users.addAll(tenants(address)));
        }
        return users;
    }

    /// The claim that has the address.
    public Optional<ClaimKey> claimOf(IpAddress address) {
        return tenancies.on(address).lien() instanceof Lien.Claimed claimed
                ? Optional.of(claimed.claim())
                : Optional.empty();
    }

    /// Keeps the addresses of a Service that is being deleted, before it is released: until
    /// `keepUntil` a Service of that name gets them back by itself, and nobody else gets them
    /// before `reusableFrom`. What another Service shares or a claim has is not kept. What was kept
    /// for the Service before stays, at least as long.
    public Set<Room> retain(
            ServiceKey service,
            List<IpAddress> addresses,
            Instant keepUntil,
            Instant reusableFrom) {
        Set<Room> gained = new HashSet<>();
        liens.keep(service, addresses, keepUntil, reusableFrom, gained);
        return gained;
    }

    /// Keeps these addresses no longer for the Service.
    public Set<Room> endRetention(ServiceKey service, List<IpAddress> addresses) {
        Set<Room> gained = new HashSet<>();
        liens.release(service, addresses, gained);
        return gained;
    }

    /// What is kept for deleted Services, by Service.
    public List<Retained> retained() {
        return liens.kept();
    }

    /// Replaces the pools. Nothing is taken from anybody by this: Services that must move are named
    /// in the answer and keep their addresses to themselves until they do.
    ///
    /// @throws IllegalArgumentException if two pools have the same name
    public PoolsDiff setPools(List<Pool> pools) {
        return new PoolsChange(tenancies, holdings, liens).to(pools);
    }

    /// The pools in force, by name.
    public List<Pool> pools() {
        return tenancies.pools().all().stream().map(PoolState::pool).toList();
    }

    /// What the Service holds; [Holding#isEmpty] if nothing.
    public Holding holding(ServiceKey service) {
        return holdings.held(service);
    }

    /// What all Services hold, in no order: a view, to be read under the caller's lock.
    public Map<ServiceKey, Holding> holdings() {
        return holdings.allHeld();
    }

    /// What the Service has reserved; [Holding#isEmpty] if nothing.
    public Holding reservation(ServiceKey service) {
        return holdings.reserved(service);
    }

    /// What Services have reserved, in no order: a copy.
    public Map<ServiceKey, Holding> reservations() {
        return holdings.allReserved();
    }

    /// The Services that hold the address or have it reserved.
    public List<ServiceKey> tenants(IpAddress address) {
        return tenancies.on(address).tenants().stream().map(Tenant::service).distinct().toList();
    }

    /// The pool that may give the address.
    public Optional<String> poolOf(IpAddress address) {
        return tenancies.pools().addresses().slots(address).stream()
                .map(slot -> slot.pool().name())
                .findFirst();
    }

    /// The counters of all pools, by name.
    public List<PoolUsage> usage() {
        return tenancies.pools().all().stream().map(PoolState::usage).toList();
    }

    public Optional<PoolUsage> usage(String pool) {
        return Optional.ofNullable(tenancies.pools().byName(pool)).map(PoolState::usage);
    }

    /// How many addresses of the pool count in the quota of each namespace that has any: a view.
    public Map<String, Long> usedByNamespace(String pool, IpFamily family) {
        PoolState state = tenancies.pools().byName(pool);
        return state == null ? Map.of() : state.space(family).usedByNamespace();
    }

    /// Whether a room that came free is still there. Of a place under a sharing key or a quota it
    /// only says that the pool is there, of one on a claim's addresses that it has any.
    public boolean hasRoom(Room room) {
        return switch (room) {
            case Room.Whole(String pool, IpFamily family) -> {
                PoolState state = tenancies.pools().byName(pool);
                yield state != null && !state.space(family).isFull();
            }
            case Room.Shared(String pool, _, _) -> tenancies.pools().byName(pool) != null;
            case Room.UnderQuota(String pool, _, _) -> tenancies.pools().byName(pool) != null;
            case Room.OfClaim(ClaimKey claim) ->
                    liens.claim(claim) != null && !liens.isLeaving(claim);
        };
    }

    private static Holding holding(Decision decision) {
        return decision.addresses().isEmpty()
                ? Holding.NOTHING
                : new Holding(decision.pool(), decision.addresses(), decision.sharing());
    }

    private void check(Decision decision) {
        for (IpAddress address : decision.addresses()) {
            tenancies
                    .conflict(address, decision.service(), decision.sharing())
                    .ifPresent(Allocator::refuse);
        }
    }

    private Optional<Refusal> conflict(
            ClaimKey claim, IpAddress address, Optional<ServiceKey> reservedFor) {
        return tenancies.conflict(address, new Applicant.ForClaim(claim, reservedFor.orElse(null)));
    }

    private static void refuse(Refusal refusal) {
        throw new IllegalStateException(refusal.text());
    }
}
