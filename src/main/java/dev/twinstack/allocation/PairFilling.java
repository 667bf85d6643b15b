package dev.twinstack.allocation;

import dev.twinstack.allocation.Outcome.Failed;
import dev.twinstack.allocation.Outcome.Found;
import dev.twinstack.allocation.Pairs.Pair;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Serves a request for both families from a pool in which they go in pairs: the first pair, in the
/// order of its IPv4 addresses, of which the Service may have both.
record PairFilling(
        PoolState pool,
        Pairs pairs,
        AddressRights rights,
        AddressRequest request,
        List<IpAddress> own) {

    /// The partner of the one that the Service has.
    Outcome partnerOf(IpAddress kept) {
        Refusal first = null;
        for (Pair pair : pairs.of(kept)) {
            IpAddress partner =
                    kept.family() == IpFamily.IPV4 ? pair.ipv6() : pair.ipv4().address();
            Optional<Refusal> obstacle = rights.obstacle(pool, partner);
            if (obstacle.isEmpty()) {
                return found(List.of(partner));
            }
            first = first == null ? obstacle.get() : first;
        }
        IpFamily other = kept.family() == IpFamily.IPV4 ? IpFamily.IPV6 : IpFamily.IPV4;
        return first == null
                ? Failed.forGood(
                        new Refusal.NotInPool(
                                kept,
                                "pool %s has no %s address with the host part of %s"
                                        .formatted(pool.name(), other, kept)))
                : new Failed(first, rights.rooms(pool, other, first));
    }

    /// A new pair.
    Outcome pair() {
        for (IpFamily family : IpFamily.values()) {
            if (pool.space(family).isAbsent()) {
                return Failed.forGood(new Refusal.FamilyNotInPool(pool.name(), family));
            }
        }
        Pair best = ofOwn();
        if (best == null) {
            best = firstOf(candidates());
        }
        return best == null ? none() : found(List.of(best.ipv4().address(), best.ipv6()));
    }

    private @Nullable Pair ofOwn() {
        for (IpAddress address : own) {
            if (address.family() == IpFamily.IPV4) {
                Pair pair = firstOf(pairs.of(address));
                if (pair != null) {
                    return pair;
                }
            }
        }
        return null;
    }

    /// The first free pair, and all before it that Services under the same key have a part of.
    private Iterable<Pair> candidates() {
        Set<Pair> candidates = new TreeSet<>();
        Pair free = pairs.lowestFree();
        if (free != null) {
            candidates.add(free);
        }
        for (IpFamily family : IpFamily.values()) {
            for (Position shared : pool.space(family).sharedBefore(request.sharing(), null)) {
                candidates.addAll(pairs.of(shared.address()));
            }
        }
        return candidates;
    }

    private @Nullable Pair firstOf(Iterable<Pair> candidates) {
        for (Pair pair : candidates) {
            if (rights.mayHave(pool, pair.ipv4().address()) && rights.mayHave(pool, pair.ipv6())) {
                return pair;
            }
        }
        return null;
    }

    private Outcome none() {
        Set<Room> rooms = new HashSet<>();
        List<Refusal> quotas = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            Optional<Refusal> over = rights.overQuota(pool, family, 1);
            over.ifPresent(why -> {
                quotas.add(why);
                rooms.addAll(rights.rooms(pool, family, why));
            });
        }
        if (!quotas.isEmpty()) {
            return new Failed(quotas.getFirst(), rooms);
        }
        for (IpFamily family : IpFamily.values()) {
            rooms.addAll(rights.rooms(pool, family));
        }
        return new Failed(
                new Refusal.NoPairFree(pool.name(), pool.pool().policy().whenFull()), rooms);
    }

    private Outcome found(List<IpAddress> addresses) {
        return new Found(pool.name(), addresses, Optional.empty(), Set.of());
    }
}
