package dev.twinstack.allocation;

import dev.twinstack.allocation.Outcome.Failed;
import dev.twinstack.allocation.Outcome.Found;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// New addresses for a request that names none: from the pool it names, or from the best one.
record PoolChoice(PoolTable pools, AddressRequest request, PoolFilling filling) {

    Outcome choose() {
        return request.pool().map(this::named).orElseGet(this::automatic);
    }

    private Outcome named(String name) {
        PoolState pool = pools.byName(name);
        if (pool == null) {
            return Failed.forGood(unknown(name));
        }
        return from(pool);
    }

    /// New addresses from this pool.
    Outcome from(PoolState pool) {
        return closed(pool)
                .or(() -> givesNothingNew(pool))
                .<Outcome>map(Failed::forGood)
                .orElseGet(() -> filling.fill(pool, List.of()));
    }

    Refusal unknown(String name) {
        return new Refusal.UnknownPool(name, pools.all().stream().map(PoolState::name).toList());
    }

    /// Why the pool is not for this Service.
    Optional<Refusal> closed(PoolState pool) {
        return pool.pool()
                .scope()
                .flatMap(scope -> scope.excludes(request))
                .map(why -> new Refusal.NotForService(pool.name(), why));
    }

    /// Why the pool has no new address for anybody.
    Optional<Refusal> givesNothingNew(PoolState pool) {
        return pool.pool()
                .policy()
                .drain()
                .map(drain -> new Refusal.PoolDraining(pool.name(), drain.replacement()));
    }

    /// Bound pools before open ones. A bound pool with one family beats an open one with both, for
    /// a Service that prefers both.
    private Outcome automatic() {
        Found bound = best(pools.boundTo(request));
        if (bound != null) {
            return bound;
        }
        Found open = best(pools.open(request));
        return open != null ? open : whyNone();
    }

    /// The first pool that has all; else the first with the Service's first family, else the first
    /// with the other.
    private @Nullable Found best(Iterable<PoolState> candidates) {
        Found primary = null;
        Found secondary = null;
        for (PoolState pool : candidates) {
            if (givesNothingNew(pool).isEmpty()
                    && filling.fill(pool, List.of()) instanceof Found found) {
                if (found.missing().isEmpty()) {
                    return found;
                }
                boolean first =
                        found.addresses().getFirst().family() == request.families().getFirst();
                primary = first && primary == null ? found : primary;
                secondary = !first && secondary == null ? found : secondary;
            }
        }
        return primary != null ? primary : secondary;
    }

    private Outcome whyNone() {
        List<Refusal> reasons = new ArrayList<>();
        Set<Room> rooms = new HashSet<>();
        for (PoolState pool : pools.all()) {
            Optional<Refusal> closed =
                    closed(pool).or(() -> manual(pool)).or(() -> givesNothingNew(pool));
            if (closed.isPresent()) {
                reasons.add(closed.get());
            } else if (filling.fill(pool, List.of()) instanceof Failed failed) {
                reasons.add(failed.reason());
                rooms.addAll(failed.waitsFor());
            }
        }
        Refusal reason = reasons.size() == 1 ? reasons.getFirst() : new Refusal.NoPoolFits(reasons);
        return new Failed(reason, rooms);
    }

    static Optional<Refusal> manual(PoolState pool) {
        return pool.pool().autoAssign()
                ? Optional.empty()
                : Optional.of(
                        new Refusal.NotForService(
                                pool.name(), "is given only on request (autoAssign is false)"));
    }
}
