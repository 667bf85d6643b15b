package dev.twinstack.operator.controller;

import dev.twinstack.allocation.Allocator;
import dev.twinstack.allocation.ClaimDecision;
import dev.twinstack.allocation.ClaimHolding;
import dev.twinstack.allocation.ClaimKey;
import dev.twinstack.allocation.ClaimRequest;
import dev.twinstack.allocation.PoolsDiff;
import dev.twinstack.allocation.Room;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.net.IpAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/// The side of the [AddressBook] that deals with claims: which wait, and which need another look
/// because a Service began or ceased to use them. All but [#wakeAll] under the book's lock.
final class ClaimDesk {

    /// A claim as it was found when the tenure began.
    ///
    /// @param leaving whether it is being deleted
    record Found(
            ClaimKey claim,
            List<IpAddress> held,
            Optional<ServiceKey> reservedFor,
            boolean leaving) {
        Found {
            held = List.copyOf(held);
        }
    }

    private final Allocator allocator;
    private final Consumer<ClaimKey> wake;
    private final Map<ClaimKey, Set<Room>> waiting = new HashMap<>();
    private final ConcurrentLinkedQueue<ClaimKey> toWake = new ConcurrentLinkedQueue<>();

    ClaimDesk(Allocator allocator, Consumer<ClaimKey> wake) {
        this.allocator = allocator;
        this.wake = wake;
    }

    void adopt(List<Found> claims) {
        claims.stream()
                .filter(claim -> !claim.held().isEmpty())
                .forEach(claim -> {
                    allocator.adopt(claim.claim(), claim.held(), claim.reservedFor());
                    if (claim.leaving()) {
                        allocator.leave(claim.claim());
                    }
                });
    }

    void note(ClaimRequest request, ClaimDecision decision) {
        switch (decision) {
            case ClaimDecision.Bound _ -> waiting.remove(request.claim());
            case ClaimDecision.Refused refused -> waiting.put(request.claim(), refused.waitsFor());
        }
    }

    void forget(ClaimKey claim) {
        waiting.remove(claim);
    }

    /// What the claim holds; empty if nothing.
    Optional<ClaimHolding> holding(ClaimKey claim) {
        return Optional.ofNullable(allocator.claims().get(claim));
    }

    /// The claims on whose addresses the Service is.
    Set<ClaimKey> usedBy(ServiceKey service) {
        Set<ClaimKey> used = new LinkedHashSet<>();
        allocator
                .holding(service)
                .addresses()
                .forEach(address -> allocator.claimOf(address).ifPresent(used::add));
        return used;
    }

    /// A Service has moved: the claims that it began or ceased to use say so.
    void moved(Set<ClaimKey> before, Set<ClaimKey> after) {
        before.stream().filter(claim -> !after.contains(claim)).forEach(toWake::add);
        after.stream().filter(claim -> !before.contains(claim)).forEach(toWake::add);
    }

    /// Rooms came free: whoever waits for one of them tries again, and a claim that somebody has
    /// left, if only by a reservation, says who uses it.
    void served(Collection<Room> gained) {
        for (Room room : gained) {
            if (room instanceof Room.OfClaim(ClaimKey claim)) {
                toWake.add(claim);
            }
        }
        waiting.forEach((claim, rooms) -> {
            if (!Collections.disjoint(rooms, gained)) {
                toWake.add(claim);
            }
        });
    }

    /// Those that wait try again, and those that the change is something to.
    void poolsChanged(PoolsDiff diff) {
        toWake.addAll(waiting.keySet());
        toWake.addAll(diff.claims());
    }

    /// Tells of all that need another look. Outside the lock.
    void wakeAll() {
        for (ClaimKey next = toWake.poll(); next != null; next = toWake.poll()) {
            wake.accept(next);
        }
    }
}
