package dev.twinstack.allocation;

import dev.twinstack.allocation.Outcome.Failed;
import dev.twinstack.allocation.Outcome.Found;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The addresses of a claim for a Service that uses it: one of each of the Service's families, and
/// nothing from elsewhere. Services that use the same claim share under the rules of all Services.
///
/// @param closed whether the claim is being deleted, and the Service not on it
record ClaimUse(
        ClaimKey key,
        ClaimHolding claim,
        boolean closed,
        PoolTable pools,
        AddressRequest request,
        AddressRights rights,
        PoolFilling filling,
        Wishes wishes) {

    /// What the Service asks for that the claim has not.
    Optional<Refusal> mismatch() {
        ServiceKey service = request.service();
        if (!key.namespace().equals(service.namespace())) {
            return refuse("is in another namespace than the Service");
        }
        if (claim.reservedFor().isPresent() && !claim.reservedFor().get().equals(service)) {
            return refuse("is reserved for Service " + claim.reservedFor().get());
        }
        if (request.pool().isPresent() && !request.pool().get().equals(claim.pool())) {
            return refuse(
                    "has addresses of pool %s, but the Service names pool %s"
                            .formatted(claim.pool(), request.pool().get()));
        }
        if (closed) {
            return refuse("is being deleted and takes no more Services");
        }
        PoolState pool = pools.byName(claim.pool());
        if (pool == null) {
            return refuse("has addresses that no pool has any more");
        }
        return wishes.areMet(pool, claim.addresses())
                ? Optional.empty()
                : refuse("does not hold the addresses that the Service asks for");
    }

    Outcome take() {
        Optional<Refusal> mismatch = mismatch();
        PoolState pool = pools.byName(claim.pool());
        if (mismatch.isPresent() || pool == null) {
            return new Failed(mismatch.orElseThrow(), Set.of(new Room.OfClaim(key)));
        }
        List<IpAddress> addresses = new ArrayList<>();
        List<Refusal> failures = new ArrayList<>();
        Set<Room> rooms = new HashSet<>();
        for (IpFamily family : request.familiesIpv4First()) {
            Outcome outcome = pick(pool, family);
            rooms.addAll(outcome.waitsFor());
            switch (outcome) {
                case Found found -> addresses.addAll(found.addresses());
                case Failed failed -> failures.add(failed.reason());
            }
        }
        return failures.isEmpty()
                ? new Found(pool.name(), inOrder(addresses), Optional.empty(), Set.of())
                : filling.incomplete(pool, inOrder(addresses), failures, rooms);
    }

    private Outcome pick(PoolState pool, IpFamily family) {
        List<IpAddress> candidates = new ArrayList<>(filling.own());
        candidates.retainAll(claim.addresses());
        candidates.addAll(claim.addresses());
        if (!wishes.isEmpty()) {
            candidates.removeIf(address -> !wishes.names(pool, address));
        }
        Refusal first = null;
        for (IpAddress address : candidates) {
            if (address.family() == family && rights.gives(pool, address)) {
                Optional<Refusal> conflict = rights.conflict(address);
                if (conflict.isEmpty()) {
                    return new Found(pool.name(), List.of(address), Optional.empty(), Set.of());
                }
                first = first == null ? conflict.get() : first;
            }
        }
        if (first == null) {
            return Failed.forGood(
                    new Refusal.ClaimDoesNotFit(key, "has no %s address".formatted(family)));
        }
        Set<Room> rooms = rights.rooms(pool, family);
        rooms.add(new Room.OfClaim(key));
        return new Failed(first, rooms);
    }

    /// Those that the Service has stay where they are in its status.
    private List<IpAddress> inOrder(List<IpAddress> addresses) {
        List<IpAddress> ordered = new ArrayList<>(request.held());
        ordered.retainAll(addresses);
        addresses.stream().filter(address -> !ordered.contains(address)).forEach(ordered::add);
        return ordered;
    }

    private Optional<Refusal> refuse(String why) {
        return Optional.of(new Refusal.ClaimDoesNotFit(key, why));
    }
}
