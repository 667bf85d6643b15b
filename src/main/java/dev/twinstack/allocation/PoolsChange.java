package dev.twinstack.allocation;

import dev.twinstack.allocation.AddressMap.Slot;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Goes from one set of pools to the next. Pools whose addresses stay the same keep their spaces;
/// the others are filled from what is in use.
final class PoolsChange {

    private final Tenancies tenancies;
    private final Holdings holdings;
    private final Liens liens;
    private final PoolTable before;

    PoolsChange(Tenancies tenancies, Holdings holdings, Liens liens) {
        this.tenancies = tenancies;
        this.holdings = holdings;
        this.liens = liens;
        this.before = tenancies.pools();
    }

    PoolsDiff to(List<Pool> pools) {
        List<PoolState> states = new ArrayList<>();
        Set<FamilySpace> fresh = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Pairs> freshPairs = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Pool pool : pools) {
            PoolState old = before.byName(pool.name());
            if (old != null && old.pool().hasSameAddressesAs(pool)) {
                PoolState state = old.with(pool);
                states.add(state);
                if (state.pairs() != null && state.pairs() != old.pairs()) {
                    freshPairs.add(state.pairs());
                }
            } else {
                PoolState state = PoolState.of(pool);
                states.add(state);
                fresh.add(state.ipv4());
                fresh.add(state.ipv6());
                if (state.pairs() != null) {
                    freshPairs.add(state.pairs());
                }
            }
        }
        PoolTable after = new PoolTable(states);
        tenancies.setPools(after, fresh, freshPairs);
        return diff(after);
    }

    private PoolsDiff diff(PoolTable after) {
        NavigableSet<ServiceKey> moving = new TreeSet<>();
        NavigableSet<ServiceKey> recheck = new TreeSet<>();
        NavigableMap<ServiceKey, String> renamed = new TreeMap<>();
        Map<ServiceKey, String> homes = new TreeMap<>();
        holdings.allHeld()
                .forEach((service, holding) -> {
                    String home = home(after, holding.addresses(), holding.pool());
                    if (home.isEmpty()) {
                        moving.add(service);
                    } else if (!home.equals(holding.pool())) {
                        renamed.put(service, home);
                    } else if (rulesChanged(home, after)) {
                        recheck.add(service);
                    }
                    if (!home.equals(holding.pool())) {
                        homes.put(service, home);
                    }
                });
        holdings.rehome(homes);
        return new PoolsDiff(
                names(after, before),
                names(before, after),
                widened(after),
                reshaped(after),
                moving,
                renamed,
                recheck,
                claims(after));
    }

    private NavigableSet<ClaimKey> claims(PoolTable after) {
        NavigableSet<ClaimKey> changed = new TreeSet<>();
        Map<ClaimKey, String> homes = new TreeMap<>();
        liens.claims()
                .forEach((claim, holding) -> {
                    String home = home(after, holding.addresses(), holding.pool());
                    if (!home.equals(holding.pool())) {
                        homes.put(claim, home);
                        changed.add(claim);
                    } else if (home.isEmpty() || rulesChanged(home, after)) {
                        changed.add(claim);
                    }
                });
        liens.rehome(homes);
        return changed;
    }

    /// The pool that has all the addresses: the present one if it still does.
    static String home(PoolTable pools, List<IpAddress> addresses, String present) {
        Set<String> names = null;
        for (IpAddress address : addresses) {
            Set<String> here = new TreeSet<>();
            for (Slot slot : pools.addresses().slots(address)) {
                here.add(slot.pool().name());
            }
            if (names == null) {
                names = here;
            } else {
                names.retainAll(here);
            }
        }
        if (names == null || names.isEmpty()) {
            return "";
        }
        return names.contains(present) ? present : names.iterator().next();
    }

    private boolean rulesChanged(String pool, PoolTable after) {
        PoolState old = before.byName(pool);
        PoolState now = after.byName(pool);
        return old != null
                && now != null
                && (!old.pool().scope().equals(now.pool().scope())
                        || !old.pool().policy().drain().equals(now.pool().policy().drain()));
    }

    private static NavigableSet<String> names(PoolTable of, PoolTable without) {
        NavigableSet<String> names = new TreeSet<>();
        of.all().stream()
                .map(PoolState::name)
                .filter(name -> without.byName(name) == null)
                .forEach(names::add);
        return names;
    }

    private NavigableSet<String> widened(PoolTable after) {
        NavigableSet<String> widened = new TreeSet<>();
        for (PoolState state : after.all()) {
            PoolState old = before.byName(state.name());
            if (isWider(old == null ? null : old.pool(), state.pool())) {
                widened.add(state.name());
            }
        }
        return widened;
    }

    private NavigableSet<String> reshaped(PoolTable after) {
        NavigableSet<String> reshaped = new TreeSet<>();
        for (PoolState state : after.all()) {
            PoolState old = before.byName(state.name());
            if (old != null && isReshaped(old.pool(), state.pool())) {
                reshaped.add(state.name());
            }
        }
        return reshaped;
    }

    /// A host part is that of the first range which gives it.
    private static boolean isReshaped(Pool old, Pool now) {
        return !old.ranges().equals(now.ranges())
                || (!old.hasSameAddressesAs(now)
                        && Stream.of(IpFamily.values())
                                .anyMatch(family ->
                                        now.ranges().stream()
                                                        .filter(its -> its.family() == family)
                                                        .count()
                                                > 1));
    }

    private static boolean isWider(@Nullable Pool old, Pool now) {
        return old == null
                || !old.scope().equals(now.scope())
                || (now.autoAssign() && !old.autoAssign())
                || (old.avoidBuggyIps() && !now.avoidBuggyIps())
                || givesMore(old.policy(), now.policy())
                || !isCovered(now.pieces(), old.pieces());
    }

    private static boolean givesMore(PoolPolicy old, PoolPolicy now) {
        return !now.quotas().equals(old.quotas())
                || now.pairing() != old.pairing()
                || (old.drain().isPresent() && now.drain().isEmpty());
    }

    private static boolean isCovered(List<IpRange> ranges, List<IpRange> by) {
        Set<IpRange> same = new HashSet<>(by);
        return ranges.stream()
                .allMatch(r -> same.contains(r) || by.stream().anyMatch(b -> b.contains(r)));
    }
}
