package dev.twinstack.allocation;

import static java.util.stream.Collectors.joining;

import dev.twinstack.allocation.AddressMap.Slot;
import dev.twinstack.allocation.Outcome.Failed;
import dev.twinstack.allocation.Outcome.Found;
import dev.twinstack.net.IpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Exactly the addresses that the Service names, all from one pool.
record WantedAddresses(
        PoolTable pools, AddressRequest request, PoolFilling filling, PoolChoice choice) {

    Outcome take() {
        if (request.pool().isPresent()) {
            String name = request.pool().get();
            PoolState pool = pools.byName(name);
            return pool == null ? Failed.forGood(choice.unknown(name)) : takeFrom(pool);
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
            if (request.wanted().stream().allMatch(a -> filling.gives(slot.pool(), a))) {
                common.add(slot.pool());
            }
        }
        return common;
    }

    private Outcome takeFrom(PoolState pool) {
        Optional<Refusal> closed = choice.closed(pool);
        if (closed.isPresent()) {
            return Failed.forGood(closed.get());
        }
        for (IpAddress address : request.wanted()) {
            if (!filling.gives(pool, address)) {
                return Failed.forGood(outside(address, pool));
            }
        }
        return takenBy(pool)
                .orElseGet(
                        () -> new Found(pool.name(), request.wanted(), Optional.empty(), Set.of()));
    }

    private Optional<Outcome> takenBy(PoolState pool) {
        Set<Room> rooms = new HashSet<>();
        Refusal first = null;
        for (IpAddress address : request.wanted()) {
            Optional<Refusal> conflict = filling.conflict(address);
            if (conflict.isPresent()) {
                first = first == null ? conflict.get() : first;
                rooms.addAll(filling.rooms(pool.name(), address.family()));
            }
        }
        return first == null ? Optional.empty() : Optional.of(new Failed(first, rooms));
    }

    private Refusal outside(IpAddress address, PoolState pool) {
        if (isAvoided(address, pool)) {
            return avoided(address, pool);
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
                return pools.addresses().slotsAt(address).stream()
                        .map(slot -> avoided(address, slot.pool()))
                        .findFirst()
                        .orElseGet(() -> nowhere(address));
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

    static Refusal nowhere(IpAddress address) {
        return new Refusal.NotInPool(address, "address %s is in no pool".formatted(address));
    }

    private boolean isAvoided(IpAddress address, PoolState pool) {
        return pools.addresses().slotsAt(address).stream()
                        .anyMatch(slot -> slot.pool().name().equals(pool.name()))
                && !filling.gives(pool, address);
    }

    static Refusal avoided(IpAddress address, PoolState pool) {
        return new Refusal.NotInPool(
                address,
                "address %s is not used: pool %s avoids those that end in .0 or .255 (avoidBuggyIPs)"
                        .formatted(address, pool.name()));
    }
}
