package dev.twinstack.operator.controller;

import dev.twinstack.allocation.Allocator;
import dev.twinstack.allocation.Holding;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.Retention;
import dev.twinstack.allocation.Room;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.net.IpAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The side of the [AddressBook] that deals with what is kept for deleted Services, as the policy
/// of their pool says. Under the book's lock.
final class Retirement {

    /// @param times empty while the Service lives, as far as is known
    record Kept(ServiceKey service, List<IpAddress> addresses, Optional<Times> times) {
        Kept {
            addresses = List.copyOf(addresses);
        }
    }

    /// @param keepUntil until then a Service of that name gets the addresses back
    /// @param reusableFrom nobody else gets them before
    record Times(Instant keepUntil, Instant reusableFrom) {}

    private final Allocator allocator;
    private final InstantSource clock;

    Retirement(Allocator allocator, InstantSource clock) {
        this.allocator = allocator;
        this.clock = clock;
    }

    /// Before Services: those that live take what is kept for them.
    void adopt(List<Kept> kept) {
        for (Kept each : kept) {
            each.times()
                    .ifPresent(times ->
                            allocator.retain(
                                    each.service(),
                                    each.addresses(),
                                    times.keepUntil(),
                                    times.reusableFrom()));
        }
    }

    /// After Services: who lived when last seen and is not there now was deleted in between. Its
    /// time begins now.
    void adoptUnseen(List<Kept> kept) {
        for (Kept each : kept) {
            if (each.times().isEmpty() && allocator.holding(each.service()).isEmpty()) {
                retain(each.service(), each.addresses(), poolOf(each.addresses()));
            }
        }
    }

    /// To be called while the Service still holds its addresses.
    Set<Room> retire(ServiceKey service) {
        Holding holding = allocator.holding(service);
        return retain(service, holding.addresses(), holding.pool());
    }

    private Set<Room> retain(ServiceKey service, List<IpAddress> addresses, String pool) {
        Retention retention = retention(pool);
        if (retention.isNone() || addresses.isEmpty()) {
            return Set.of();
        }
        Instant now = clock.instant();
        return allocator.retain(
                service,
                addresses,
                now.plus(retention.keepAfterDelete()),
                now.plus(retention.reuseAfter()));
    }

    /// Of the living, whose addresses would be kept, and of the deleted, whose are.
    Map<ServiceKey, Kept> all() {
        Map<ServiceKey, Kept> all = new TreeMap<>();
        Set<String> keeping = new HashSet<>();
        for (Pool pool : allocator.pools()) {
            if (!pool.policy().retention().isNone()) {
                keeping.add(pool.name());
            }
        }
        if (!keeping.isEmpty()) {
            allocator
                    .holdings()
                    .forEach((service, holding) -> {
                        if (keeping.contains(holding.pool())) {
                            all.put(
                                    service,
                                    new Kept(service, holding.addresses(), Optional.empty()));
                        }
                    });
        }
        allocator
                .retained()
                .forEach(each ->
                        all.putIfAbsent(
                                each.service(),
                                new Kept(
                                        each.service(),
                                        each.addresses(),
                                        Optional.of(
                                                new Times(
                                                        each.keepUntil(), each.reusableFrom())))));
        return all;
    }

    private String poolOf(List<IpAddress> addresses) {
        return addresses.stream()
                .flatMap(address -> allocator.poolOf(address).stream())
                .findFirst()
                .orElse("");
    }

    boolean keeps(String pool) {
        return !retention(pool).isNone();
    }

    private Retention retention(String pool) {
        return allocator.pools().stream()
                .filter(each -> each.name().equals(pool))
                .map(each -> each.policy().retention())
                .findFirst()
                .orElse(Retention.NONE);
    }
}
