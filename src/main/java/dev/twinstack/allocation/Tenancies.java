package dev.twinstack.allocation;

import dev.twinstack.allocation.AddressMap.Slot;
import dev.twinstack.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which Services are on which address, and the pools' spaces kept in step with it.
final class Tenancies {

    private final Map<IpAddress, List<Tenant>> tenants = new HashMap<>();
    private PoolTable pools;

    Tenancies(PoolTable pools) {
        this.pools = pools;
    }

    PoolTable pools() {
        return pools;
    }

    List<Tenant> on(IpAddress address) {
        return tenants.getOrDefault(address, List.of());
    }

    /// What keeps the Service off the address; empty if it may have it. Its own tenancies don't
    /// count.
    Optional<Refusal> conflict(IpAddress address, ServiceKey service, Sharing sharing) {
        for (Tenant tenant : on(address)) {
            if (!tenant.service().equals(service)) {
                Optional<String> why = sharing.conflictWith(tenant.service(), tenant.sharing());
                if (why.isPresent()) {
                    String text =
                            tenant.reservation()
                                    ? why.get() + ", which has just been promised it"
                                    : why.get();
                    return Optional.of(new Refusal.AddressTaken(address, tenant.service(), text));
                }
            }
        }
        return Optional.empty();
    }

    /// Puts a tenant on an address, in place of the same Service's earlier tenancy of this kind.
    void put(IpAddress address, Tenant tenant, Set<Room> gained) {
        List<Tenant> before = on(address);
        List<Tenant> after = without(before, tenant.service(), tenant.reservation());
        after.add(tenant);
        if (!after.equals(before)) {
            replace(address, before, List.copyOf(after), gained);
        }
    }

    void remove(IpAddress address, ServiceKey service, boolean reservation, Set<Room> gained) {
        List<Tenant> before = on(address);
        List<Tenant> after = without(before, service, reservation);
        if (after.size() < before.size()) {
            replace(address, before, List.copyOf(after), gained);
        }
    }

    private static List<Tenant> without(List<Tenant> all, ServiceKey service, boolean reservation) {
        List<Tenant> rest = new ArrayList<>(all);
        rest.removeIf(tenant -> tenant.isSameTenancy(service, reservation));
        return rest;
    }

    private void replace(
            IpAddress address, List<Tenant> before, List<Tenant> after, Set<Room> gained) {
        if (after.isEmpty()) {
            tenants.remove(address);
        } else {
            tenants.put(address, after);
        }
        for (Slot slot : pools.addresses().slots(address)) {
            slot.space(address).update(new Position(slot.range(), address), before, after);
            pools.noteRoom(slot.pool());
            addRoom(slot, address, before, after, gained);
        }
    }

    /// A whole address when the last tenant leaves; a place under a key when the address becomes
    /// shareable, or when it is shared and somebody leaves or changes terms.
    private static void addRoom(
            Slot slot,
            IpAddress address,
            List<Tenant> before,
            List<Tenant> after,
            Set<Room> gained) {
        if (after.isEmpty()) {
            gained.add(new Room.Whole(slot.pool().name(), address.family()));
            return;
        }
        String key = after.getFirst().sharing().key();
        boolean onlyJoined = !before.isEmpty() && terms(after).containsAll(terms(before));
        if (!key.isEmpty() && !onlyJoined) {
            gained.add(new Room.Shared(slot.pool().name(), address.family(), key));
        }
    }

    /// Who is there on which terms, whether as holder or by reservation.
    private static Set<Tenant> terms(List<Tenant> tenants) {
        Set<Tenant> terms = new HashSet<>();
        tenants.forEach(t -> terms.add(new Tenant(t.service(), t.sharing(), false)));
        return terms;
    }

    /// Changes the pools. States with new spaces are filled from what is in use.
    void setPools(PoolTable next, Set<FamilySpace> fresh) {
        pools = next;
        if (fresh.isEmpty()) {
            return;
        }
        tenants.forEach((address, on) -> {
            for (Slot slot : next.addresses().slots(address)) {
                FamilySpace space = slot.space(address);
                if (fresh.contains(space)) {
                    Position position = new Position(slot.range(), address);
                    space.update(position, List.of(), on);
                }
            }
        });
        next.all().forEach(next::noteRoom);
    }
}
