package dev.twinstack.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.allocation.SimulatedOperator.Stored;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One random sequence of events, with the invariants checked after each.
final class PropertyWorld {

    static final List<ServiceKey> KEYS =
            IntStream.range(0, 12)
                    .mapToObj(i -> new ServiceKey(i % 2 == 0 ? "a" : "b", "service-" + i))
                    .toList();

    private final RandomCluster random;
    private final SimulatedOperator operator = new SimulatedOperator();
    private List<Pool> pools;

    PropertyWorld(long seed) {
        random = new RandomCluster(new Random(seed));
        pools = random.pools();
        operator.setPools(pools);
    }

    void run(int events) {
        for (int i = 0; i < events; i++) {
            event();
            operator.tick();
            check();
        }
        deleteAll();
    }

    private void event() {
        ServiceKey key = KEYS.get(random.pick(KEYS.size()));
        boolean exists = operator.services.containsKey(key);
        switch (random.pick(20)) {
            case 0, 1 -> {
                pools = random.pools();
                operator.setPools(pools);
            }
            case 2 -> operator.restart(pools);
            case 3 -> operator.dryRun(random.request(key));
            case 4, 5, 6 -> operator.delete(key);
            case 7, 8 -> List.copyOf(operator.unseen).forEach(operator::reconcile);
            default -> {
                if (exists) {
                    operator.update(key, random.request(key));
                } else {
                    operator.admit(random.request(key), random.chance(85));
                }
            }
        }
    }

    private void check() {
        List<Pool> inForce = operator.allocator.pools();
        Map<IpAddress, List<ServiceKey>> holders = new HashMap<>();
        operator.services.forEach((key, service) -> {
            if (!operator.unseen.contains(key)) {
                checkSettled(key, service, inForce);
                service.status.forEach(
                        a -> holders.computeIfAbsent(a, x -> new ArrayList<>()).add(key));
            }
        });
        holders.forEach(this::checkSharing);
        inForce.forEach(this::checkCounters);
    }

    private void checkSettled(ServiceKey key, Stored service, List<Pool> inForce) {
        // Status and index agree
        Holding holding = operator.allocator.holding(key);
        assertThat(holding.addresses()).as("index of " + key).isEqualTo(service.status);
        // Every address lies in a pool that allows it, all in one
        if (!service.status.isEmpty()) {
            Pool pool =
                    inForce.stream()
                            .filter(p -> p.name().equals(holding.pool()))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(key + " has no pool"));
            assertThat(service.status).allMatch(a -> NaiveModel.gives(pool, a));
            assertThat(pool.scope().flatMap(s -> s.excludes(service.request()))).isEmpty();
        }
        // Nothing flaps, and nobody waits who could be served
        assertThat(operator.decide(service.request()).addresses())
                .as("fixed point of " + key)
                .isEqualTo(service.status);
    }

    private void checkSharing(IpAddress address, List<ServiceKey> holders) {
        for (ServiceKey one : holders) {
            for (ServiceKey other : holders) {
                assertThat(one.equals(other) || NaiveModel.mayShare(terms(one), terms(other)))
                        .as("%s of %s and %s", address, one, other)
                        .isTrue();
            }
        }
    }

    private Sharing terms(ServiceKey key) {
        return operator.allocator.holding(key).sharing();
    }

    private void checkCounters(Pool pool) {
        PoolUsage usage = operator.allocator.usage(pool.name()).orElseThrow();
        Set<IpAddress> held = new HashSet<>();
        operator.allocator.holdings().values().forEach(h -> held.addAll(h.addresses()));
        Set<IpAddress> taken = new HashSet<>(held);
        KEYS.forEach(key -> taken.addAll(operator.allocator.reservation(key).addresses()));
        for (IpFamily family : IpFamily.values()) {
            PoolUsage.Family counters = family == IpFamily.IPV4 ? usage.ipv4() : usage.ipv6();
            assertThat(counters.total()).isEqualTo(of(pool, family).count());
            assertThat(counters.assigned())
                    .isEqualTo(of(pool, family).filter(held::contains).count());
            assertThat(counters.free())
                    .isEqualTo(of(pool, family).filter(a -> !taken.contains(a)).count());
            assertThat(operator.allocator.hasRoom(new Room.Whole(pool.name(), family)))
                    .isEqualTo(counters.free() > 0);
        }
    }

    private static Stream<IpAddress> of(Pool pool, IpFamily family) {
        return NaiveModel.addresses(pool).stream().filter(a -> a.family() == family);
    }

    private void deleteAll() {
        KEYS.forEach(operator::delete);
        for (PoolUsage usage : operator.allocator.usage()) {
            assertThat(usage.ipv4().free()).isEqualTo(usage.ipv4().total());
            assertThat(usage.ipv6().free()).isEqualTo(usage.ipv6().total());
        }
        assertThat(operator.waiting.size()).isZero();
    }
}
