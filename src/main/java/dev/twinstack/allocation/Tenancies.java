package dev.twinstack.allocation;

import dev.twinstack.allocation.AddressMap.Slot;
import dev.twinstack.net.IpAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is on which address, and the pools' spaces kept in step with it.
final class Tenancies {

    private final Map<IpAddress, Occupancy> occupancies = new HashMap<>();
    private PoolTable pools;

    Tenancies(PoolTable pools) {
        this.pools = pools;
    }

    PoolTable pools() {
        return pools;
    }

    Occupancy on(IpAddress address) {
        return occupancies.getOrDefault(address, Occupancy.NONE);
    }

    private boolean isFree(IpAddress address) {
        return !occupancies.containsKey(address);
    }

    /// What keeps the applicant off the address; empty if it may have it.
    Optional<Refusal> conflict(IpAddress address, Applicant applicant) {
        Occupancy occupancy = occupancies.get(address);
        return occupancy == null ? Optional.empty() : occupancy.conflict(address, applicant);
    }

    /// The same for a Service of which it is not known which claim it names: it may use those of
    /// its namespace.
    Optional<Refusal> conflict(IpAddress address, ServiceKey service, Sharing sharing) {
        ClaimKey claim = on(address).lien() instanceof Lien.Claimed held ? held.claim() : null;
        return conflict(address, new Applicant.ForService(service, claim, sharing));
    }

    /// Puts a tenant on an address, in place of the same Service's earlier tenancy of this kind.
    void put(IpAddress address, Tenant tenant, Set<Room> gained) {
        Occupancy before = on(address);
        replace(address, before, before.with(tenant), gained);
    }

    void remove(IpAddress address, ServiceKey service, boolean reservation, Set<Room> gained) {
        Occupancy before = on(address);
        replace(address, before, before.without(service, reservation), gained);
    }

    /// Sets what keeps the address, or that nothing does.
    void keep(IpAddress address, @Nullable Lien lien, Set<Room> gained) {
        Occupancy before = on(address);
        replace(address, before, before.with(lien), gained);
    }

    private void replace(IpAddress address, Occupancy before, Occupancy after, Set<Room> gained) {
        if (after.equals(before)) {
            return;
        }
        if (after.isFree()) {
            occupancies.remove(address);
        } else {
            occupancies.put(address, after);
        }
        for (Slot slot : pools.addresses().slots(address)) {
            slot.space(address).update(new Position(slot.range(), address), before, after);
            Pairs pairs = slot.pool().pairs();
            if (pairs != null) {
                pairs.update(address, this::isFree);
            }
            pools.noteRoom(slot.pool());
            addRoom(slot, address, before, after, gained);
        }
    }

    /// A whole address when the last one leaves; a place under a key when the address becomes
    /// shareable, or when it is shared and somebody leaves or changes terms; likewise a place on
    /// the address of a claim.
    private static void addRoom(
            Slot slot, IpAddress address, Occupancy before, Occupancy after, Set<Room> gained) {
        String pool = slot.pool().name();
        if (slot.pool().pool().policy().hasQuotas()) {
            Set<String> relieved = new HashSet<>(before.namespaces());
            relieved.removeAll(after.namespaces());
            relieved.forEach(namespace ->
                    gained.add(new Room.UnderQuota(pool, address.family(), namespace)));
        }
        if (after.isFree()) {
            gained.add(new Room.Whole(pool, address.family()));
            return;
        }
        boolean sameLien = Objects.equals(before.lien(), after.lien());
        boolean onlyJoined =
                sameLien && !before.tenants().isEmpty() && terms(after).containsAll(terms(before));
        if (onlyJoined) {
            return;
        }
        if (after.lien() instanceof Lien.Claimed claimed) {
            gained.add(new Room.OfClaim(claimed.claim()));
        }
        String key = after.tenants().isEmpty() ? "" : after.tenants().getFirst().sharing().key();
        if (!key.isEmpty()) {
            gained.add(new Room.Shared(pool, address.family(), key));
        }
    }

    /// Who is there on which terms, whether as holder or by reservation.
    private static Set<Tenant> terms(Occupancy occupancy) {
        Set<Tenant> terms = new HashSet<>();
        occupancy.tenants().forEach(t -> terms.add(new Tenant(t.service(), t.sharing(), false)));
        return terms;
    }

    /// Changes the pools. States with new spaces are filled from what is in use.
    void setPools(PoolTable next, Set<FamilySpace> fresh, Set<Pairs> freshPairs) {
        pools = next;
        if (fresh.isEmpty() && freshPairs.isEmpty()) {
            return;
        }
        occupancies.forEach((address, occupancy) -> {
            for (Slot slot : next.addresses().slots(address)) {
                FamilySpace space = slot.space(address);
                if (fresh.contains(space)) {
                    Position position = new Position(slot.range(), address);
                    space.update(position, Occupancy.NONE, occupancy);
                }
                Pairs pairs = slot.pool().pairs();
                if (pairs != null && freshPairs.contains(pairs)) {
                    pairs.update(address, this::isFree);
                }
            }
        });
        next.all().forEach(next::noteRoom);
    }
}
