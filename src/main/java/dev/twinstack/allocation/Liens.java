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
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What each claim holds and what is kept for deleted Services. Every change goes through to the
/// [Tenancies].
final class Liens {

    private final Tenancies tenancies;
    private final NavigableMap<ClaimKey, ClaimHolding> claims = new TreeMap<>();
    private final Map<ServiceKey, NavigableSet<ClaimKey>> claimsFor = new HashMap<>();
    private final KeptAddresses kept = new KeptAddresses();
    private final Set<ClaimKey> leaving = new HashSet<>();

    Liens(Tenancies tenancies) {
        this.tenancies = tenancies;
    }

    @Nullable ClaimHolding claim(ClaimKey claim) {
        return claims.get(claim);
    }

    NavigableMap<ClaimKey, ClaimHolding> claims() {
        return Collections.unmodifiableNavigableMap(claims);
    }

    /// The claim that is for this Service, whether or not the Service names it: the first by name.
    @Nullable ClaimKey claimFor(ServiceKey service) {
        NavigableSet<ClaimKey> all = claimsFor.get(service);
        return all == null ? null : all.first();
    }

    /// The claim takes no more Services, until it is set anew.
    void leave(ClaimKey key) {
        if (claims.containsKey(key)) {
            leaving.add(key);
        }
    }

    boolean isLeaving(ClaimKey key) {
        return leaving.contains(key);
    }

    void setClaim(ClaimKey key, ClaimHolding holding, Set<Room> gained) {
        if (leaving.remove(key)) {
            gained.add(new Room.OfClaim(key));
        }
        ClaimHolding before = claims.put(key, holding);
        if (before != null) {
            unbind(key, before);
        }
        holding.reservedFor()
                .ifPresent(service ->
                        claimsFor.computeIfAbsent(service, s -> new TreeSet<>()).add(key));
        Lien lien = new Lien.Claimed(key, holding.reservedFor().orElse(null));
        for (IpAddress address : holding.addresses()) {
            if (tenancies.on(address).lien() instanceof Lien.Kept other) {
                forget(other.service(), List.of(address));
            }
            tenancies.keep(address, lien, gained);
        }
        if (before != null) {
            drop(before.addresses(), holding.addresses(), gained);
        }
    }

    void removeClaim(ClaimKey key, Set<Room> gained) {
        leaving.remove(key);
        ClaimHolding before = claims.remove(key);
        if (before != null) {
            unbind(key, before);
            drop(before.addresses(), List.of(), gained);
        }
    }

    /// Writes down again which pool each claim's addresses are from.
    void rehome(Map<ClaimKey, String> pools) {
        pools.forEach((key, pool) -> claims.computeIfPresent(key, (k, old) -> old.in(pool)));
    }

    private void unbind(ClaimKey key, ClaimHolding holding) {
        holding.reservedFor()
                .ifPresent(service -> {
                    NavigableSet<ClaimKey> all = claimsFor.get(service);
                    if (all != null && all.remove(key) && all.isEmpty()) {
                        claimsFor.remove(service);
                    }
                });
    }

    private void drop(List<IpAddress> before, List<IpAddress> after, Set<Room> gained) {
        Set<IpAddress> left = new HashSet<>(before);
        left.removeAll(Set.copyOf(after));
        left.forEach(address -> tenancies.keep(address, null, gained));
    }

    List<Retained> kept() {
        return kept.all();
    }

    /// What the Service would get back by itself, what was kept last first.
    List<IpAddress> keptFor(ServiceKey service) {
        return kept.of(service).stream()
                .filter(retained -> !retained.cooling())
                .flatMap(retained -> retained.addresses().stream())
                .toList();
    }

    /// Keeps what belongs to nobody else: not what another Service shares or a claim has.
    void keep(
            ServiceKey service,
            List<IpAddress> addresses,
            Instant keepUntil,
            Instant reusableFrom,
            Set<Room> gained) {
        List<IpAddress> mine = new ArrayList<>();
        for (IpAddress address : addresses) {
            Occupancy on = tenancies.on(address);
            if (mayKeep(service, on.lien())
                    && on.tenants().stream().allMatch(t -> t.service().equals(service))) {
                mine.add(address);
            }
        }
        if (!mine.isEmpty()) {
            kept.add(new Retained(service, mine, keepUntil, reusableFrom, false))
                    .forEach(retained -> bind(retained, gained));
        }
    }

    private static boolean mayKeep(ServiceKey service, @Nullable Lien lien) {
        return switch (lien) {
            case null -> true;
            case Lien.Claimed _ -> false;
            case Lien.Kept other -> other.service().equals(service);
        };
    }

    private void bind(Retained retained, Set<Room> gained) {
        Lien lien = new Lien.Kept(retained.service(), retained.reusableFrom(), retained.cooling());
        retained.addresses().forEach(address -> tenancies.keep(address, lien, gained));
    }

    /// Ends the keeping of these addresses for the Service.
    void release(ServiceKey service, List<IpAddress> addresses, Set<Room> gained) {
        drop(kept.remove(service, addresses), List.of(), gained);
    }

    /// These addresses have a holder again.
    void resume(List<IpAddress> addresses, Set<Room> gained) {
        if (kept.isEmpty()) {
            return;
        }
        for (IpAddress address : addresses) {
            if (tenancies.on(address).lien() instanceof Lien.Kept other) {
                forget(other.service(), List.of(address));
                tenancies.keep(address, null, gained);
            }
        }
    }

    private void forget(ServiceKey service, List<IpAddress> addresses) {
        kept.remove(service, addresses);
    }

    /// Ends what is kept no longer.
    void expire(Instant now, Set<Room> gained) {
        for (Retained retained : kept.all()) {
            if (!retained.reusableFrom().isAfter(now)) {
                release(retained.service(), retained.addresses(), gained);
            } else if (!retained.cooling() && !retained.keepUntil().isAfter(now)) {
                kept.replace(retained, retained.cooled());
                bind(retained.cooled(), gained);
            }
        }
    }
}
