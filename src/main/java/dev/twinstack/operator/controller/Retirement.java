package dev.twinstack.operator.controller;

import dev.twinstack.allocation.Allocator;
import dev.twinstack.allocation.Retained;
import dev.twinstack.allocation.Retention;
import dev.twinstack.allocation.Room;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.net.IpAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
                retain(each.service(), each.addresses());
            }
        }
    }

    /// To be called while the Service still holds its addresses.
    Set<Room> retire(ServiceKey service) {
        return retain(service, allocator.holding(service).addresses());
    }

    /// Each as the policy of its pool says: a Service that moves has addresses of two.
    private Set<Room> retain(ServiceKey service, List<IpAddress> addresses) {
        Instant now = clock.instant();
        Set<Room> gained = new HashSet<>();
        byPool(addresses)
                .forEach((pool, its) -> {
                    Retention retention = retention(pool);
                    if (!retention.isNone()) {
                        gained.addAll(
                                allocator.retain(
                                        service,
                                        its,
                                        now.plus(retention.keepAfterDelete()),
                                        now.plus(retention.reuseAfter())));
                    }
                });
        return gained;
    }

    private Map<String, List<IpAddress>> byPool(List<IpAddress> addresses) {
        Map<String, List<IpAddress>> byPool = new LinkedHashMap<>();
        addresses.forEach(address ->
                allocator
                        .poolOf(address)
                        .ifPresent(pool ->
                                byPool.computeIfAbsent(pool, any -> new ArrayList<>())
                                        .add(address)));
        return byPool;
    }

    /// Of the living, whose addresses would be kept, and of the deleted, whose are; of a Service
    /// that was created again with other addresses both. One address of each family at most.
    List<Kept> all() {
        List<Kept> all = new ArrayList<>();
        if (allocator.pools().stream().anyMatch(pool -> !pool.policy().retention().isNone())) {
            allocator
                    .holdings()
                    .forEach((service, holding) ->
                            all.addAll(ofLiving(service, holding.addresses())));
        }
        for (Retained each : allocator.retained()) {
            Times times = new Times(each.keepUntil(), each.reusableFrom());
            pairs(each.addresses())
                    .forEach(pair -> all.add(new Kept(each.service(), pair, Optional.of(times))));
        }
        return all;
    }

    /// What would be kept of these addresses if the Service were deleted; of each pool by itself.
    List<Kept> ofLiving(ServiceKey service, List<IpAddress> addresses) {
        return byPool(addresses).entrySet().stream()
                .filter(its -> !retention(its.getKey()).isNone())
                .flatMap(its -> pairs(its.getValue()).stream())
                .map(pair -> new Kept(service, pair, Optional.empty()))
                .toList();
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

    private Retention retention(String pool) {
        return allocator.pools().stream()
                .filter(each -> each.name().equals(pool))
                .map(each -> each.policy().retention())
                .findFirst()
                .orElse(Retention.NONE);
    }
}
