package dev.twinstack.operator.controller;

import dev.twinstack.allocation.Allocator;
import dev.twinstack.allocation.Holding;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.Retained;
import dev.twinstack.allocation.Retention;
import dev.twinstack.allocation.Room;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.net.IpAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /// Of the living, whose addresses would be kept, and of the deleted, whose are; of a Service
    /// that was created again with other addresses both. One address of each family at most.
    List<Kept> all() {
        List<Kept> all = new ArrayList<>();
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
                        if (keeping.contains(holding.pool()) && !holding.addresses().isEmpty()) {
                            all.add(new Kept(service, holding.addresses(), Optional.empty()));
                        }
                    });
        }
        for (Retained each : allocator.retained()) {
            Times times = new Times(each.keepUntil(), each.reusableFrom());
            pairs(each.addresses())
                    .forEach(pair -> all.add(new Kept(each.service(), pair, Optional.of(times))));
        }
        return all;
    }

    private static List<List<IpAddress>> pairs(List<IpAddress> addresses) {
        List<List<IpAddress>> pairs = new ArrayList<>();
        List<IpAddress> pair = new ArrayList<>();
        for (IpAddress address : addresses) {
            if (pair.stream().anyMatch(other -> other.family() == address.family())) {
                pairs.add(pair);
                pair = new ArrayList<>();
            }
            pair.add(address);
        }
        if (!pair.isEmpty()) {
            pairs.add(pair);
        }
        return pairs;
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
