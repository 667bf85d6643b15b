package dev.twinstack.allocation;

import static java.util.Comparator.comparingInt;

import dev.twinstack.allocation.AddressMap.Slot;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One set of pools, prepared for the questions that the choice of a pool asks.
///
/// Order is stable: bound pools by priority, then name; open pools by name. (MetalLB takes open
/// pools in random order.)
final class PoolTable {

    private static final Comparator<PoolState> BOUND_ORDER =
            comparingInt(PoolTable::rank).thenComparing(PoolState::name);

    private final NavigableMap<String, PoolState> byName = new TreeMap<>();
    private final AddressMap addresses = new AddressMap();
    private final List<PoolState> open;
    private final Map<String, Integer> openIndex = new HashMap<>();
    private final BitSet openWithIpv4 = new BitSet();
    private final BitSet openWithIpv6 = new BitSet();

    /// The automatic bound pools worth a look for a namespace that some pool names; all other
    /// namespaces can only be let in by a selector or by a scope without namespaces.
    private final Map<String, List<PoolState>> boundToNamespace = new HashMap<>();

    private final List<PoolState> boundToAny;

    PoolTable(Collection<PoolState> states) {
        for (PoolState state : states) {
            if (byName.put(state.name(), state) != null) {
                throw new IllegalArgumentException("two pools are named " + state.name());
            }
        }
        byName.values().forEach(addresses::add);
        open = automatic().filter(state -> state.pool().scope().isEmpty()).toList();
        for (int i = 0; i < open.size(); i++) {
            openIndex.put(open.get(i).name(), i);
            noteRoom(open.get(i));
        }
        List<PoolState> bound =
                automatic()
                        .filter(state -> state.pool().scope().isPresent())
                        .sorted(BOUND_ORDER)
                        .toList();
        boundToAny = bound.stream().filter(state -> mayAdmit(state, null)).toList();
        for (String namespace : namespacesOf(bound)) {
            boundToNamespace.put(
                    namespace, bound.stream().filter(state -> mayAdmit(state, namespace)).toList());
        }
    }

    private static int rank(PoolState state) {
        return state.pool().scope().map(PoolScope::rank).orElse(Integer.MAX_VALUE);
    }

    private Stream<PoolState> automatic() {
        return byName.values().stream().filter(state -> state.pool().autoAssign());
    }

    private static Set<String> namespacesOf(List<PoolState> bound) {
        Set<String> namespaces = new HashSet<>();
        bound.forEach(
                state -> state.pool().scope().ifPresent(s -> namespaces.addAll(s.namespaces())));
        return namespaces;
    }

    private static boolean mayAdmit(PoolState state, @Nullable String namespace) {
        PoolScope scope = state.pool().scope().orElseThrow();
        return scope.namespaces().isEmpty()
                || !scope.namespaceSelectors().isEmpty()
                || (namespace != null && scope.namespaces().contains(namespace));
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    @Nullable PoolState byName(String name) {
        return byName.get(name);
    }

    /// All pools, by name.
    Collection<PoolState> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    AddressMap addresses() {
        return addresses;
    }

    /// Whether the pool may give the address.
    boolean gives(PoolState pool, IpAddress address) {
        for (Slot slot : addresses.slots(address)) {
            if (slot.pool().name().equals(pool.name())) {
                return true;
            }
        }
        return false;
    }

    /// Why an address that no pool gives is given by none: it is in the ranges of one that avoids
    /// it, or in none.
    Refusal nowhere(IpAddress address) {
        for (PoolState state : byName.values()) {
            Pool pool = state.pool();
            if (pool.ranges().stream().anyMatch(range -> range.contains(address))) {
                return pool.avoided(address).orElseThrow();
            }
        }
        return new Refusal.NotInPool(address, "address %s is in no pool".formatted(address));
    }

    /// The bound pools that the Service may have without naming them, best first.
    List<PoolState> boundTo(AddressRequest request) {
        List<PoolState> candidates =
                boundToNamespace.getOrDefault(request.service().namespace(), boundToAny);
        List<PoolState> fitting = new ArrayList<>();
        for (PoolState state : candidates) {
            if (state.pool().scope().orElseThrow().excludes(request).isEmpty()) {
                fitting.add(state);
            }
        }
        return fitting;
    }

    /// The open pools, by name. Full ones are left out unless the Service may share.
    Iterable<PoolState> open(AddressRequest request) {
        if (request.sharing().isShared()) {
            return open;
        }
        BitSet roomy = roomOf(request.families().getFirst());
        if (request.families().size() > 1) {
            roomy = (BitSet) roomy.clone();
            roomy.or(roomOf(request.families().get(1)));
        }
        return members(roomy);
    }

    /// All pools that the Service may have without naming them, full ones too.
    List<PoolState> automatic(AddressRequest request) {
        List<PoolState> all = new ArrayList<>(boundTo(request));
        all.addAll(open);
        return all;
    }

    private Iterable<PoolState> members(BitSet indexes) {
        return () ->
                new Iterator<>() {
                    private int next = indexes.nextSetBit(0);

                    @Override
                    public boolean hasNext() {
                        return next >= 0;
                    }

                    @Override
                    public PoolState next() {
                        if (next < 0) {
                            throw new NoSuchElementException();
                        }
                        PoolState state = open.get(next);
                        next = indexes.nextSetBit(next + 1);
                        return state;
                    }
                };
    }

    /// Must be called when a pool may have become full or no longer is.
    void noteRoom(PoolState state) {
        Integer index = openIndex.get(state.name());
        if (index != null) {
            openWithIpv4.set(index, !state.ipv4().isFull());
            openWithIpv6.set(index, !state.ipv6().isFull());
        }
    }

    private BitSet roomOf(IpFamily family) {
        return switch (family) {
            case IPV4 -> openWithIpv4;
            case IPV6 -> openWithIpv6;
        };
    }
}
