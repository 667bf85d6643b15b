package dev.twinstack.allocation;

import static java.util.Comparator.comparing;

import dev.twinstack.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What is kept for deleted Services: of each as many sets of addresses as it has had times to keep
/// them, no address twice.
final class KeptAddresses {

    /// What is kept longest first: it was given last.
    private static final Comparator<Retained> ORDER =
            comparing(Retained::keepUntil)
                    .thenComparing(Retained::reusableFrom)
                    .reversed()
                    .thenComparing(retained -> retained.addresses().getFirst());

    private final NavigableMap<ServiceKey, List<Retained>> byService = new TreeMap<>();

    boolean isEmpty() {
        return byService.isEmpty();
    }

    /// A copy, by Service.
    List<Retained> all() {
        return byService.values().stream().flatMap(List::stream).toList();
    }

    List<Retained> of(ServiceKey service) {
        return byService.getOrDefault(service, List.of());
    }

    /// Keeps these; those that were kept before at least as long as then.
    ///
    /// @return what now holds for each of the addresses
    List<Retained> add(Retained next) {
        List<Retained> held = new ArrayList<>();
        List<IpAddress> fresh = new ArrayList<>(next.addresses());
        for (Retained before : of(next.service())) {
            List<IpAddress> again = new ArrayList<>(next.addresses());
            again.retainAll(before.addresses());
            if (!again.isEmpty()) {
                fresh.removeAll(again);
                held.add(
                        new Retained(
                                next.service(),
                                again,
                                later(next.keepUntil(), before.keepUntil()),
                                later(next.reusableFrom(), before.reusableFrom()),
                                false));
            }
        }
        if (!fresh.isEmpty()) {
            held.add(
                    new Retained(
                            next.service(), fresh, next.keepUntil(), next.reusableFrom(), false));
        }
        remove(next.service(), next.addresses());
        held.forEach(this::put);
        return held;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// What has the same times is one set.
    private void put(Retained next) {
        List<Retained> sets = new ArrayList<>(of(next.service()));
        Retained joined = next;
        for (Retained set : List.copyOf(sets)) {
            if (set.hasTimesOf(next)) {
                sets.remove(set);
                joined = joined.with(set.addresses());
            }
        }
        sets.add(joined);
        sets.sort(ORDER);
        byService.put(next.service(), sets);
    }

    /// @return those of the addresses that were kept for the Service
    List<IpAddress> remove(ServiceKey service, List<IpAddress> addresses) {
        List<IpAddress> removed = new ArrayList<>();
        List<Retained> left = new ArrayList<>();
        for (Retained set : of(service)) {
            set.addresses().stream().filter(addresses::contains).forEach(removed::add);
            Retained rest = set.without(addresses);
            if (rest != null) {
                left.add(rest);
            }
        }
        if (left.isEmpty()) {
            byService.remove(service);
        } else {
            left.sort(ORDER);
            byService.put(service, left);
        }
        return removed;
    }

    void replace(Retained before, Retained after) {
        byService.computeIfPresent(
                before.service(),
                (service, sets) ->
                        sets.stream().map(set -> set.equals(before) ? after : set).toList());
    }
}
