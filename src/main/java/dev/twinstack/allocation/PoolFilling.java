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

/// Serves one request from one pool: both families or one, the lowest addresses that the Service
/// may use.
///
/// `own` are addresses that already belong to the Service in some way (held, reserved, promised);
/// they are taken first, so that a choice once made stays.
record PoolFilling(AddressRights rights, AddressRequest request, List<IpAddress> own) {

    /// Adds to `kept` what is missing. As in MetalLB, addresses come IPv4 first, only that the
    /// second family of a Service that prefers two is added behind the one it has.
    Outcome fill(PoolState pool, List<IpAddress> kept) {
        if (pool.pairs() != null && request.families().size() == 2 && kept.size() < 2) {
            return fillPair(pool, pool.pairs(), kept);
        }
        List<IpAddress> addresses = new ArrayList<>(kept);
        List<Refusal> failures = new ArrayList<>();
        Set<Room> rooms = new HashSet<>();
        for (IpFamily family : request.familiesIpv4First()) {
            if (hasFamily(kept, family)) {
                continue;
            }
            switch (pick(pool, family)) {
                case Found found -> addresses.addAll(found.addresses());
                case Failed failed -> {
                    failures.add(failed.reason());
                    rooms.addAll(failed.waitsFor());
                }
            }
        }
        if (failures.isEmpty()) {
            return new Found(pool.name(), inOrder(addresses, kept), Optional.empty(), Set.of());
        }
        return incomplete(pool, addresses, failures, rooms);
    }

    private Outcome fillPair(PoolState pool, Pairs pairs, List<IpAddress> kept) {
        PairFilling filling = new PairFilling(pool, pairs, rights, request, own);
        Optional<Refusal> draining = draining(pool);
        Outcome outcome =
                draining.isPresent()
                        ? Failed.forGood(draining.get())
                        : kept.isEmpty() ? filling.pair() : filling.partnerOf(kept.getFirst());
        return switch (outcome) {
            case Found found -> {
                List<IpAddress> addresses = new ArrayList<>(kept);
                addresses.addAll(found.addresses());
                yield new Found(pool.name(), inOrder(addresses, kept), Optional.empty(), Set.of());
            }
            case Failed failed -> withoutPair(pool, kept, failed);
        };
    }

    /// One address is enough for a Service that prefers two, of its first family if it can be had.
    private Outcome withoutPair(PoolState pool, List<IpAddress> kept, Failed noPair) {
        List<Refusal> failures = new ArrayList<>(List.of(noPair.reason()));
        Set<Room> rooms = new HashSet<>(noPair.waitsFor());
        if (kept.isEmpty() && request.secondFamilyOptional()) {
            for (IpFamily family : request.families()) {
                switch (pick(pool, family)) {
                    case Found found -> {
                        return incomplete(
                                pool,
                                found.addresses(),
                                List.of(noPair.reason()),
                                noPair.waitsFor());
                    }
                    case Failed failed -> {
                        failures.add(failed.reason());
                        rooms.addAll(failed.waitsFor());
                    }
                }
            }
        }
        return incomplete(pool, kept, failures, rooms);
    }

    private static boolean hasFamily(List<IpAddress> addresses, IpFamily family) {
        for (IpAddress address : addresses) {
            if (address.family() == family) {
                return true;
            }
        }
        return false;
    }

    private List<IpAddress> inOrder(List<IpAddress> addresses, List<IpAddress> kept) {
        boolean asTheyAre =
                addresses.size() == kept.size()
                        || (!kept.isEmpty() && request.secondFamilyOptional());
        return asTheyAre ? addresses : addresses.stream().sorted().toList();
    }

    /// Not all families: enough for a Service that only prefers two.
    Outcome incomplete(
            PoolState pool, List<IpAddress> addresses, List<Refusal> failures, Set<Room> rooms) {
        if (request.secondFamilyOptional()) {
            Refusal reason = firstOrElse(failures, false);
            return addresses.isEmpty()
                    ? new Failed(reason, rooms)
                    : new Found(pool.name(), addresses, Optional.of(reason), rooms);
        }
        Refusal reason = firstOrElse(failures, true);
        return new Failed(reason, reason.permanent() ? Set.of() : rooms);
    }

    private static Refusal firstOrElse(List<Refusal> failures, boolean permanent) {
        return failures.stream()
                .filter(failure -> failure.permanent() == permanent)
                .findFirst()
                .orElse(failures.getFirst());
    }

    private Outcome pick(PoolState pool, IpFamily family) {
        FamilySpace space = pool.space(family);
        if (space.isAbsent()) {
            return Failed.forGood(new Refusal.FamilyNotInPool(pool.name(), family));
        }
        Optional<Refusal> draining = draining(pool);
        for (IpAddress address : own) {
            if (address.family() == family
                    && rights.mayHave(pool, address)
                    && (draining.isEmpty() || rights.isTenant(address))) {
                return found(pool, address);
            }
        }
        if (draining.isPresent()) {
            return Failed.forGood(draining.get());
        }
        Optional<Refusal> overQuota = rights.overQuota(pool, family, 1);
        Position free = overQuota.isPresent() ? null : space.lowestFree();
        String note = "";
        for (Position shared : space.sharedBefore(request.sharing(), free)) {
            Optional<Refusal> obstacle = rights.obstacle(pool, shared.address());
            if (obstacle.isEmpty()) {
                return found(pool, shared.address());
            }
            note = note.isEmpty() ? obstacle.get().text() : note;
        }
        if (free != null) {
            return found(pool, free.address());
        }
        Refusal reason = overQuota.orElse(exhausted(pool, family, note));
        return new Failed(reason, rights.rooms(pool, family, reason));
    }

    private static Optional<Refusal> draining(PoolState pool) {
        return pool.pool()
                .policy()
                .drain()
                .map(drain -> new Refusal.PoolDraining(pool.name(), drain.replacement()));
    }

    private static Outcome found(PoolState pool, IpAddress address) {
        return new Found(pool.name(), List.of(address), Optional.empty(), Set.of());
    }

    private static Refusal exhausted(PoolState pool, IpFamily family, String note) {
        return new Refusal.PoolExhausted(
                pool.name(),
                family,
                pool.space(family).usage(),
                note,
                pool.pool().policy().whenFull());
    }
}
