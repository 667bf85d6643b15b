package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What each Service holds and has reserved. Every change goes through to the [Tenancies].
final class Holdings {

    private record Deadline(Instant at, ServiceKey service) implements Comparable<Deadline> {
        @Override
        public int compareTo(Deadline other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : service.compareTo(other.service);
        }
    }

    private record Reservation(Holding holding, Deadline deadline) {}

    private final Tenancies tenancies;
    private final Map<ServiceKey, Holding> held = new HashMap<>();
    private final Map<ServiceKey, Reservation> reserved = new HashMap<>();
    private final NavigableMap<Deadline, ServiceKey> deadlines = new TreeMap<>();

    Holdings(Tenancies tenancies) {
        this.tenancies = tenancies;
    }

    Holding held(ServiceKey service) {
        return held.getOrDefault(service, Holding.NOTHING);
    }

    Holding reserved(ServiceKey service) {
        Reservation reservation = reserved.get(service);
        return reservation == null ? Holding.NOTHING : reservation.holding();
    }

    int reservations() {
        return reserved.size();
    }

    Map<ServiceKey, Holding> allHeld() {
        return Collections.unmodifiableMap(held);
    }

    Map<ServiceKey, Holding> allReserved() {
        Map<ServiceKey, Holding> all = new HashMap<>();
        reserved.forEach((service, reservation) -> all.put(service, reservation.holding()));
        return all;
    }

    /// Sets what the Service holds. A reservation ends when it is confirmed by this; another one
    /// belongs to a change of the Service that is still on its way, and lasts to its deadline.
    Set<Room> hold(ServiceKey service, Holding holding) {
        if (holding.isEmpty()) {
            return vacate(service);
        }
        Set<Room> gained = new HashSet<>();
        change(service, held.put(service, holding), holding, false, gained);
        if (holding.addresses().containsAll(reserved(service).addresses())) {
            dropReservation(service, gained);
        }
        return gained;
    }

    /// Takes from the Service what it holds, but not what it has reserved.
    Set<Room> vacate(ServiceKey service) {
        Set<Room> gained = new HashSet<>();
        change(service, held.remove(service), Holding.NOTHING, false, gained);
        return gained;
    }

    Set<Room> reserve(ServiceKey service, Holding holding, Instant deadline) {
        Set<Room> gained = new HashSet<>();
        Reservation reservation = new Reservation(holding, new Deadline(deadline, service));
        Reservation before = reserved.put(service, reservation);
        if (before != null) {
            deadlines.remove(before.deadline());
        }
        deadlines.put(reservation.deadline(), service);
        change(service, before == null ? null : before.holding(), holding, true, gained);
        return gained;
    }

    Set<Room> release(ServiceKey service) {
        Set<Room> gained = vacate(service);
        dropReservation(service, gained);
        return gained;
    }

    /// Ends the reservations whose deadline is not after `now`.
    Set<Room> expire(Instant now) {
        Set<Room> gained = new HashSet<>();
        while (!deadlines.isEmpty() && !deadlines.firstKey().at().isAfter(now)) {
            dropReservation(deadlines.firstEntry().getValue(), gained);
        }
        return gained;
    }

    /// Writes down again which pool each Service's addresses are from.
    void rehome(Map<ServiceKey, String> pools) {
        pools.forEach((service, pool) -> {
            Holding old = held(service);
            held.put(service, new Holding(pool, old.addresses(), old.sharing()));
        });
    }

    private void dropReservation(ServiceKey service, Set<Room> gained) {
        Reservation reservation = reserved.remove(service);
        if (reservation != null) {
            deadlines.remove(reservation.deadline());
            change(service, reservation.holding(), Holding.NOTHING, true, gained);
        }
    }

    private void change(
            ServiceKey service,
            @Nullable Holding before,
            Holding after,
            boolean reservation,
            Set<Room> gained) {
        Tenant tenant = new Tenant(service, after.sharing(), reservation);
        after.addresses().forEach(address -> tenancies.put(address, tenant, gained));
        if (before != null) {
            List<IpAddress> left = new ArrayList<>(before.addresses());
            left.removeAll(after.addresses());
            left.forEach(a -> tenancies.remove(a, service, reservation, gained));
        }
    }
}
