package dev.twinstack.allocation;

import static java.util.stream.Collectors.joining;

import dev.twinstack.allocation.AddressMap.Slot;
import dev.twinstack.allocation.Outcome.Failed;
import dev.twinstack.allocation.Outcome.Found;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Exactly the addresses that the request names, all from one pool.
record WantedAddresses(
        PoolTable pools,
        AddressRequest request,
        AddressRights rights,
        PoolChoice choice,
        Wishes wishes) {

    Outcome take() {
        if (request.pool().isPresent()) {
            String name = request.pool().get();
            PoolState pool = pools.byName(name);
            return pool == null ? Failed.forGood(choice.unknown(name)) : takeFrom(pool);
        }
        if (request.hostParts()) {
            return takeFromFirst();
        }
        List<PoolState> common = commonPools();
        if (common.isEmpty()) {
            return Failed.forGood(outside());
        }
        // More than one only where pools overlap.
        List<PoolState> open = common.stream().filter(p -> choice.closed(p).isEmpty()).toList();
        return takeFrom(open.isEmpty() ? common.getFirst() : open.getFirst());
    }

    private List<PoolState> commonPools() {
        List<PoolState> common = new ArrayList<>();
        for (Slot slot : pools.addresses().slots(request.wanted().getFirst())) {
            if (wishes.in(slot.pool()) != null) {
                common.add(slot.pool());
            }
        }
        return common;
    }

    /// Host parts are in many pools: the first that has and gives them all.
    private Outcome takeFromFirst() {
        Failed best = null;
        for (PoolState pool : pools.automatic(request)) {
            if (wishes.in(pool) != null) {
                switch (takeFrom(pool)) {
                    case Found found -> {
                        return found;
                    }
                    case Failed failed -> best = best == null ? failed : best.or(failed);
                }
            }
        }
        return best != null
                ? best
                : Failed.forGood(
                        new Refusal.NotInPool(
                                request.wanted().getFirst(),
                                "no pool for this Service has the host parts " + wanted()));
    }

    Outcome takeFrom(PoolState pool) {
        Optional<Refusal> closed = choice.closed(pool).or(() -> choice.givesNothingNew(pool));
        if (closed.isPresent()) {
            return Failed.forGood(closed.get());
        }
        List<IpAddress> named = wishes.in(pool);
        if (named == null) {
            return Failed.forGood(outside(pool));
        }
        Set<Room> rooms = new HashSet<>();
        Refusal first = null;
        for (IpAddress address : named) {
            Optional<Refusal> obstacle = rights.obstacle(pool, address);
            if (obstacle.isPresent()) {
                first = first == null ? obstacle.get() : first;
                rooms.addAll(rights.rooms(pool, address.family(), obstacle.get()));
            }
        }
        if (first != null) {
            return new Failed(first, rooms);
        }
        return overQuota(pool, named)
                .orElseGet(() -> new Found(pool.name(), named, Optional.empty(), Set.of()));
    }

    /// A claim may name several addresses of a family.
    private Optional<Outcome> overQuota(PoolState pool, List<IpAddress> named) {
        for (IpFamily family : IpFamily.values()) {
            int more = 0;
            for (IpAddress address : named) {
                more += address.family() == family && !rights.isInQuota(address) ? 1 : 0;
            }
            Optional<Refusal> over =
                    more == 0 ? Optional.empty() : rights.overQuota(pool, family, more);
            if (over.isPresent()) {
                return over.map(why -> new Failed(why, rights.rooms(pool, family, why)));
            }
        }
        return Optional.empty();
    }

    private Refusal outside(PoolState pool) {
        if (request.hostParts()) {
            return new Refusal.NotInPool(
                    request.wanted().getFirst(),
                    "pool %s has no addresses with the host parts %s"
                            .formatted(pool.name(), wanted()));
        }
        IpAddress address =
                request.wanted().stream()
                        .filter(a -> !rights.gives(pool, a))
                        .findFirst()
                        .orElseThrow();
        if (pool.pool().ranges().stream().anyMatch(range -> range.contains(address))) {
            return pool.pool().avoided(address).orElseThrow();
        }
        String ranges = pool.pool().rangesText(address.family());
        return new Refusal.NotInPool(
                address,
                ranges.isEmpty()
                        ? "address %s is not in pool %s, which has no %s addresses"
                                .formatted(address, pool.name(), address.family())
                        : "address %s is not in pool %s (%s)"
                                .formatted(address, pool.name(), ranges));
    }

    private Refusal outside() {
        for (IpAddress address : request.wanted()) {
            if (pools.addresses().slots(address).isEmpty()) {
                return pools.nowhere(address);
            }
        }
        String places =
                request.wanted().stream()
                        .map(a -> "%s (pool %s)".formatted(a, firstPool(a)))
                        .collect(joining(" and "));
        return new Refusal.NotInPool(
                request.wanted().getFirst(),
                "addresses %s must be from one pool".formatted(places));
    }

    private String firstPool(IpAddress address) {
        return pools.addresses().slots(address).getFirst().pool().name();
    }

    private String wanted() {
        return request.wanted().stream().map(IpAddress::toString).collect(joining(" and "));
    }
}
