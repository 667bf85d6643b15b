package dev.twinstack.allocation;

import static java.util.Comparator.comparingInt;

import dev.twinstack.allocation.AddressMap.Slot;
import dev.twinstack.allocation.Outcome.Failed;
import dev.twinstack.allocation.Outcome.Found;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a Service can go on with addresses it already has, alone or with one more of the family
/// it lacks, always from one pool.
///
/// As much is kept as the rules allow: a Service that loses or gains a family keeps the address of
/// the other (MetalLB gives both back and starts again).
final class Keeping {

    /// What can be kept of some addresses. `found` serves the request. `legal`, from `legalPool`,
    /// are those that the Service may have, whether or not they are what it asks for now. `lost` is
    /// why one of them may not be kept.
    record Kept(
            @Nullable Found found,
            String legalPool,
            List<IpAddress> legal,
            Optional<Refusal> lost,
            Set<Room> waitsFor) {
        static final Kept NOTHING = new Kept(null, "", List.of(), Optional.empty(), Set.of());
    }

    private final PoolTable pools;
    private final AddressRequest request;
    private final AddressRights rights;
    private final PoolFilling filling;
    private final PoolChoice choice;
    private final Wishes wishes;

    Keeping(
            PoolTable pools,
            AddressRequest request,
            AddressRights rights,
            PoolFilling filling,
            PoolChoice choice,
            Wishes wishes) {
        this.pools = pools;
        this.request = request;
        this.rights = rights;
        this.filling = filling;
        this.choice = choice;
        this.wishes = wishes;
    }

    /// @param mustBeChoosable whether the pool must be one that the request could choose now: so
    ///   for what was only promised, not for what the Service holds
    Kept keep(List<IpAddress> candidate, boolean mustBeChoosable) {
        if (candidate.isEmpty()) {
            return Kept.NOTHING;
        }
        List<IpAddress> ours = onePerFamily(candidate);
        Refusal lost = ours.size() == candidate.size() ? null : otherFamily(candidate, ours);
        Set<Room> rooms = new HashSet<>();
        String legalPool = "";
        List<IpAddress> legal = List.of();
        for (PoolState pool : poolsOf(ours)) {
            Optional<Refusal> closed = choice.closed(pool);
            if (closed.isPresent()) {
                lost = lost == null ? closed.get() : lost;
                continue;
            }
            List<IpAddress> usable = usable(pool, ours);
            if (legal.isEmpty()) {
                legal = usable;
                legalPool = pool.name();
            }
            if (usable.isEmpty()
                    || !isAskedFor(pool, usable, mustBeChoosable)
                    || (mustBeChoosable && isNew(pool, usable))) {
                continue;
            }
            switch (filling.fill(pool, usable)) {
                case Found found -> {
                    return new Kept(found, legalPool, legal, lostOf(ours, usable, lost), rooms);
                }
                case Failed failed -> {
                    lost = lost == null ? failed.reason() : lost;
                    rooms.addAll(failed.waitsFor());
                }
            }
        }
        return new Kept(null, legalPool, legal, lostOf(ours, legal, lost), rooms);
    }

    /// Whether the pool gives nothing new, and these addresses would be.
    private boolean isNew(PoolState pool, List<IpAddress> usable) {
        return choice.givesNothingNew(pool).isPresent()
                && !usable.stream().allMatch(rights::isTenant);
    }

    private List<IpAddress> onePerFamily(List<IpAddress> candidate) {
        Set<IpFamily> wanting = EnumSet.noneOf(IpFamily.class);
        wanting.addAll(request.families());
        return candidate.stream()
                .sorted(comparingInt(this::rank))
                .filter(address -> wanting.remove(address.family()))
                .sorted(comparingInt(candidate::indexOf))
                .toList();
    }

    /// Of two addresses of a family, which a Service has only while it leaves a pool, the one that
    /// is to stay.
    private int rank(IpAddress address) {
        int rank = 2;
        for (Slot slot : pools.addresses().slots(address)) {
            rank = Math.min(rank, slot.pool().pool().policy().drain().isPresent() ? 1 : 0);
        }
        return rank;
    }

    private Refusal otherFamily(List<IpAddress> candidate, List<IpAddress> ours) {
        IpAddress extra =
                candidate.stream().filter(a -> !ours.contains(a)).findFirst().orElseThrow();
        return new Refusal.FamiliesDoNotFit(
                "address %s is one too many for a Service with %s cluster IPs"
                        .formatted(extra, FamilyCheck.text(request.families())));
    }

    private List<PoolState> poolsOf(List<IpAddress> addresses) {
        Map<String, PoolState> found = new LinkedHashMap<>();
        for (IpAddress address : addresses) {
            for (Slot slot : pools.addresses().slots(address)) {
                found.putIfAbsent(slot.pool().name(), slot.pool());
            }
        }
        return List.copyOf(found.values());
    }

    private List<IpAddress> usable(PoolState pool, List<IpAddress> addresses) {
        List<IpAddress> usable = new ArrayList<>();
        for (IpAddress address : addresses) {
            if (rights.mayHave(pool, address)) {
                usable.add(address);
            }
        }
        return usable;
    }

    private boolean isAskedFor(PoolState pool, List<IpAddress> usable, boolean mustBeChoosable) {
        if (!wishes.areMet(pool, usable)) {
            return false;
        }
        if (request.pool().isPresent()) {
            return request.pool().get().equals(pool.name());
        }
        return !mustBeChoosable || pool.pool().autoAssign() || !request.wanted().isEmpty();
    }

    /// Why not all of the addresses are kept, if a rule is in the way and not the request itself.
    private Optional<Refusal> lostOf(
            List<IpAddress> ours, List<IpAddress> kept, @Nullable Refusal known) {
        for (IpAddress address : ours) {
            if (!kept.contains(address)) {
                return Optional.of(whyLost(address, known));
            }
        }
        return Optional.ofNullable(known);
    }

    private Refusal whyLost(IpAddress address, @Nullable Refusal known) {
        List<Slot> slots = pools.addresses().slots(address);
        if (slots.isEmpty()) {
            return pools.nowhere(address);
        }
        Optional<Refusal> obstacle = rights.obstacle(slots.getFirst().pool(), address);
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        return known != null
                ? known
                : new Refusal.NotInPool(
                        address,
                        "address %s is from another pool than the Service's other address"
                                .formatted(address));
    }
}
