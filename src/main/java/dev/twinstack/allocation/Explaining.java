package dev.twinstack.allocation;

import dev.twinstack.allocation.AddressMap.Slot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Asks of every pool what it could do for a request, by deciding the same request as if it named
/// that pool: so the reasons are those of the rules themselves. Reads only.
record Explaining(
        AddressRequest request, PoolTable pools, Function<AddressRequest, Decision> decide) {

    List<PoolVerdict> verdicts() {
        Set<PoolState> tried = tried();
        List<PoolVerdict> verdicts = new ArrayList<>();
        int order = 1;
        for (PoolState pool : tried) {
            verdicts.add(verdict(pool, order++));
        }
        for (PoolState pool : pools.all()) {
            if (!tried.contains(pool)) {
                verdicts.add(untried(pool));
            }
        }
        return verdicts;
    }

    /// In the order of [PoolChoice]: the pool that is named; or those of the wanted addresses; or
    /// bound ones before open ones.
    private Set<PoolState> tried() {
        Set<PoolState> tried = new LinkedHashSet<>();
        if (request.pool().isPresent()) {
            PoolState named = pools.byName(request.pool().get());
            if (named != null) {
                tried.add(named);
            }
        } else if (!request.wanted().isEmpty() && !request.hostParts()) {
            request.wanted()
                    .forEach(address ->
                            pools.addresses().slots(address).stream()
                                    .map(Slot::pool)
                                    .forEach(tried::add));
        } else {
            tried.addAll(pools.boundTo(request));
            pools.all().stream()
                    .filter(pool -> pool.pool().autoAssign())
                    .filter(pool -> pool.pool().scope().isEmpty())
                    .forEach(tried::add);
        }
        return tried;
    }

    private PoolVerdict verdict(PoolState pool, int order) {
        Decision decision = decide.apply(request.withPool(pool.name()));
        return switch (decision) {
            case Decision.Assigned assigned ->
                    new PoolVerdict(
                            pool.name(),
                            order,
                            assigned.addresses(),
                            assigned.missing(),
                            pool.usage());
            case Decision.Refused refused -> refused(pool, order, refused.reason());
        };
    }

    private PoolVerdict untried(PoolState pool) {
        Optional<Refusal> closed =
                pool.pool()
                        .scope()
                        .flatMap(scope -> scope.excludes(request))
                        .map(why -> new Refusal.NotForService(pool.name(), why));
        if (closed.isPresent()) {
            return refused(pool, 0, closed.get());
        }
        if (request.pool().isPresent()) {
            return refused(
                    pool,
                    0,
                    new Refusal.NotForService(
                            pool.name(),
                            "is not the one that the Service names (%s)"
                                    .formatted(request.pool().get())));
        }
        if (request.wanted().isEmpty()) {
            return refused(pool, 0, PoolChoice.manual(pool).orElseGet(() -> unasked(pool)));
        }
        PoolVerdict verdict = verdict(pool, 0);
        return verdict.fits() ? refused(pool, 0, unasked(pool)) : verdict;
    }

    private static Refusal unasked(PoolState pool) {
        return new Refusal.NotForService(pool.name(), "is not what the Service asks for");
    }

    private static PoolVerdict refused(PoolState pool, int order, Refusal why) {
        return new PoolVerdict(pool.name(), order, List.of(), Optional.of(why), pool.usage());
    }
}
