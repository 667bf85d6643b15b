package dev.twinstack.allocation;

import dev.twinstack.allocation.Keeping.Kept;
import dev.twinstack.allocation.Outcome.Failed;
import dev.twinstack.allocation.Outcome.Found;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The way of one Service out of a draining pool: new addresses beside the old ones, later without
/// them. Who can't go stays: nothing is taken away by a drain.
///
/// @param choice of new addresses: on the terms of all who share the old ones
record Relocation(
        PoolTable pools,
        AddressRequest request,
        AddressRights rights,
        PoolChoice choice,
        Keeping keeping,
        Wishes wishes) {

    /// What a Service has and how it goes on; `move` is null when there is nothing to say about
    /// one.
    record Stage(Found found, @Nullable DrainMove move) {}

    /// Goes on with a move that has begun; null if none has, or nothing of the new addresses is
    /// left.
    @Nullable Stage proceed(List<IpAddress> has) {
        return switch (request.drainStep()) {
            case DrainStep.None _, DrainStep.Begin _, DrainStep.Join _ -> null;
            case DrainStep.Overlap(List<IpAddress> old, Instant until) -> {
                Found next = keepWithout(old, has);
                yield next == null ? null : overlapping(old, next, until);
            }
            case DrainStep.End(List<IpAddress> old) -> {
                Found next = keepWithout(old, has);
                yield next == null ? null : arrived(poolOf(old), old, next);
            }
        };
    }

    private @Nullable Found keepWithout(List<IpAddress> old, List<IpAddress> has) {
        List<IpAddress> next = new ArrayList<>(has);
        next.removeAll(old);
        Kept kept = keeping.keep(next, false);
        return kept.found();
    }

    private Stage overlapping(List<IpAddress> old, Found next, Instant until) {
        // Where pools change meanwhile, what is new can be one of the old ones again.
        List<IpAddress> left =
                old.stream()
                        .filter(address -> !next.addresses().contains(address))
                        .filter(address -> !pools.addresses().slots(address).isEmpty())
                        .filter(address -> rights.conflict(address).isEmpty())
                        .distinct()
                        .toList();
        return left.isEmpty() ? arrived("", old, next) : both(poolOf(left), left, next, until);
    }

    /// Where the addresses are from; empty if no pool has them any more.
    private String poolOf(List<IpAddress> addresses) {
        return addresses.stream()
                .flatMap(address -> pools.addresses().slots(address).stream())
                .map(slot -> slot.pool().name())
                .findFirst()
                .orElse("");
    }

    private static Stage both(String from, List<IpAddress> old, Found next, Instant until) {
        List<IpAddress> all = new ArrayList<>(old);
        all.addAll(next.addresses());
        return new Stage(
                new Found(next.pool(), all, next.missing(), next.waitsFor()),
                new DrainMove.Overlapping(from, next.pool(), old, next.addresses(), until));
    }

    private static Stage arrived(String from, List<IpAddress> old, Found next) {
        return new Stage(next, new DrainMove.Arrived(from, next.pool(), old, next.addresses()));
    }

    /// Where a Service that has these addresses stands, and its first step if it is its turn.
    Stage stageOf(Found has, boolean usesClaim) {
        PoolState pool = pools.byName(has.pool());
        Optional<Drain> drain = pool == null ? Optional.empty() : pool.pool().policy().drain();
        if (drain.isEmpty()) {
            return new Stage(has, null);
        }
        String to = drain.get().replacement();
        Duration overlap = drain.get().overlap();
        return switch (request.drainStep()) {
            case DrainStep.Begin(Instant now, _) ->
                    begin(has, to, overlap, now.plus(overlap), usesClaim);
            case DrainStep.Join(Instant until, _) -> begin(has, to, overlap, until, usesClaim);
            case DrainStep.None _, DrainStep.Overlap _, DrainStep.End _ ->
                    new Stage(has, new DrainMove.Waiting(has.pool(), to));
        };
    }

    private Stage begin(Found has, String to, Duration overlap, Instant until, boolean usesClaim) {
        return switch (usesClaim ? ofClaim(has.pool()) : take(has, to)) {
            case Found next ->
                    overlap.isZero()
                            ? arrived(has.pool(), has.addresses(), next)
                            : both(has.pool(), has.addresses(), next, until);
            case Failed failed -> {
                Set<Room> rooms = new HashSet<>(has.waitsFor());
                rooms.addAll(failed.waitsFor());
                yield new Stage(
                        new Found(has.pool(), has.addresses(), has.missing(), rooms),
                        new DrainMove.Stuck(has.pool(), to, failed.reason()));
            }
        };
    }

    private Outcome ofClaim(String pool) {
        return Failed.forGood(new Refusal.AsksForDraining(pool, "has its addresses by a claim"));
    }

    /// All that the Service has now, from the replacement.
    private Outcome take(Found has, String name) {
        PoolState to = pools.byName(name);
        if (to == null) {
            return Failed.forGood(choice.unknown(name));
        }
        if (request.pool().isPresent() && !request.pool().get().equals(name)) {
            return Failed.forGood(new Refusal.AsksForDraining(has.pool(), "names the pool"));
        }
        if (!wishes.isEmpty() && wishes.in(to) == null) {
            return Failed.forGood(
                    new Refusal.AsksForDraining(has.pool(), "asks for addresses of it"));
        }
        Outcome outcome =
                wishes.isEmpty()
                        ? choice.from(to)
                        : new WantedAddresses(pools, request, rights, choice, wishes).takeFrom(to);
        return outcome instanceof Found found
                        && found.missing().isPresent()
                        && !families(found).containsAll(families(has))
                ? new Failed(found.missing().get(), found.waitsFor())
                : outcome;
    }

    private static Set<IpFamily> families(Found found) {
        Set<IpFamily> families = new HashSet<>();
        found.addresses().forEach(address -> families.add(address.family()));
        return families;
    }
}
