package dev.twinstack.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.allocation.SimulatedOperator.Stored;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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

    private static final List<ClaimKey> CLAIMS =
            List.of(
                    new ClaimKey("a", "claim"),
                    new ClaimKey("b", "claim"),
                    new ClaimKey("a", "other"));

    private final RandomCluster random;
    private final SimulatedOperator operator = new SimulatedOperator();
    private final List<String> events = new ArrayList<>();
    private final Map<String, Long> usedBefore = new HashMap<>();
    private List<Pool> pools;

    PropertyWorld(long seed) {
        random = new RandomCluster(new Random(seed));
        pools = random.pools();
        events.add("pools " + pools);
        operator.setPools(pools);
    }

    void run(int count) {
        for (int i = 0; i < count; i++) {
            event();
            operator.tick();
            check();
        }
        deleteAll();
    }

    /// What happened, in order.
    List<String> events() {
        return events;
    }

    private void event() {
        ServiceKey key = KEYS.get(random.pick(KEYS.size()));
        ClaimKey claim = CLAIMS.get(random.pick(CLAIMS.size()));
        switch (random.pick(24)) {
            case 0, 1 -> setPools(random.pools());
            case 2 -> {
                events.add("restart");
                operator.restart(pools);
            }
            case 3 -> operator.dryRun(random.request(key));
            case 4, 5, 6 -> {
                int keep = random.chance(50) ? 1 + random.pick(5) : 0;
                events.add("delete %s, keep %d s".formatted(key, keep));
                operator.delete(key, keep);
            }
            case 7, 8 -> {
                events.add("see " + operator.unseen);
                List.copyOf(operator.unseen).forEach(operator::reconcile);
            }
            case 9, 10 -> {
                ClaimRequest request = random.claim(claim, KEYS);
                events.add("set " + request);
                operator.setClaim(request);
            }
            case 11 -> {
                events.add("delete claim " + claim);
                operator.deleteClaim(claim);
            }
            default -> createOrUpdate(key);
        }
    }

    private void createOrUpdate(ServiceKey key) {
        AddressRequest request = random.request(key);
        if (operator.services.containsKey(key)) {
            events.add("update " + request);
            operator.update(key, request);
        } else {
            boolean stored = random.chance(85);
            events.add((stored ? "create " : "admit only ") + request);
            operator.admit(request, stored);
        }
    }

    private void setPools(List<Pool> next) {
        events.add("pools " + next);
        pools = next;
        usedBefore.clear();
        operator.setPools(pools);
        noteUsed();
    }

    private void check() {
        Map<IpAddress, List<ServiceKey>> holders = new HashMap<>();
        operator.services.forEach((key, service) -> {
            if (!operator.unseen.contains(key)) {
                checkSettled(key, service);
                service.status.forEach(
                        a -> holders.computeIfAbsent(a, x -> new ArrayList<>()).add(key));
            }
        });
        holders.forEach(this::checkSharing);
        operator.allocator.pools().forEach(this::checkCounters);
        checkQuotas();
    }

    private void checkSettled(ServiceKey key, Stored service) {
        // Status and index agree
        Holding holding = operator.allocator.holding(key);
        assertThat(holding.addresses()).as("index of " + key).isEqualTo(service.status);
        // Every address lies in a pool that allows it, all in one but for those that go
        for (IpAddress address : service.status) {
            Pool pool =
                    pools.stream()
                            .filter(p -> NaiveModel.gives(p, address))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(key + " is in no pool"));
            if (!service.leaving.contains(address)) {
                assertThat(holding.pool()).isEqualTo(pool.name());
            }
            assertThat(
                            pool.scope().flatMap(s -> s.excludes(service.spec)).isEmpty()
                                    || operator.allocator.claimOf(address).isPresent())
                    .as("scope of %s for %s", pool.name(), key)
                    .isTrue();
        }
        // Nothing flaps, and nobody waits who could be served
        assertThat(operator.decideStored(operator.request(service)).addresses())
                .as("fixed point of " + key)
                .isEqualTo(service.status);
        checkMovesTogether(key, service);
    }

    /// Who shares an address with one that is on its way goes with it, if it can.
    private void checkMovesTogether(ServiceKey key, Stored service) {
        for (IpAddress address : service.leaving) {
            for (ServiceKey other : operator.allocator.tenants(address)) {
                Stored its = operator.services.get(other);
                if (its != null
                        && !operator.unseen.contains(other)
                        && its.status.contains(address)
                        && operator.drain.move(other).orElse(null) instanceof DrainMove.Waiting) {
                    throw new AssertionError("%s waits while %s moves".formatted(other, key));
                }
            }
        }
    }

    private void checkSharing(IpAddress address, List<ServiceKey> holders) {
        for (ServiceKey one : holders) {
            for (ServiceKey other : holders) {
                assertThat(one.equals(other) || NaiveIndex.mayShare(terms(one), terms(other)))
                        .as("%s of %s and %s", address, one, other)
                        .isTrue();
            }
            // What a claim has or what is kept is used by nobody else
            assertThat(
                            new NaiveIndex(operator.allocator, List.of())
                                    .leaves(address, operator.spec(one)))
                    .as("%s of %s", address, one)
                    .isTrue();
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
        operator.allocator.claims().values().forEach(claim -> taken.addAll(claim.addresses()));
        operator.allocator.retained().forEach(kept -> taken.addAll(kept.addresses()));
        for (IpFamily family : IpFamily.values()) {
            PoolUsage.Family counters = family == IpFamily.IPV4 ? usage.ipv4() : usage.ipv6();
            assertThat(counters.total()).isEqualTo(of(pool, family).count());
            assertThat(counters.assigned())
                    .isEqualTo(of(pool, family).filter(held::contains).count());
            assertThat(counters.free())
                    .isEqualTo(of(pool, family).filter(a -> !taken.contains(a)).count());
            assertThat(operator.allocator.hasRoom(new Room.Whole(pool.name(), family)))
                    .isEqualTo(counters.free() > 0);
            assertThat(operator.allocator.usedByNamespace(pool.name(), family))
                    .isEqualTo(used(pool, family));
        }
    }

    private Map<String, Long> used(Pool pool, IpFamily family) {
        NaiveIndex index = new NaiveIndex(operator.allocator, KEYS);
        Map<String, Long> used = new HashMap<>();
        of(pool, family)
                .flatMap(address -> index.namespacesOn(address).stream())
                .forEach(namespace -> used.merge(namespace, 1L, Long::sum));
        return used;
    }

    /// A quota is exceeded only by what was there before the quota.
    private void checkQuotas() {
        for (Pool pool : pools) {
            for (IpFamily family : IpFamily.values()) {
                used(pool, family)
                        .forEach((namespace, used) -> {
                            OptionalLong limit =
                                    pool.policy()
                                            .limit(
                                                    namespace,
                                                    namespace.equals("b")
                                                            ? Map.of("team", "red")
                                                            : Map.of(),
                                                    family);
                            String key = pool.name() + family + namespace;
                            long before = usedBefore.getOrDefault(key, 0L);
                            usedBefore.put(key, used);
                            assertThat(used)
                                    .as("quota of %s in %s", namespace, pool.name())
                                    .isLessThanOrEqualTo(
                                            Math.max(before, limit.orElse(Long.MAX_VALUE)));
                        });
            }
        }
    }

    private void noteUsed() {
        usedBefore.clear();
        for (Pool pool : pools) {
            for (IpFamily family : IpFamily.values()) {
                used(pool, family)
                        .forEach((namespace, used) ->
                                usedBefore.put(pool.name() + family + namespace, used));
            }
        }
    }

    private static Stream<IpAddress> of(Pool pool, IpFamily family) {
        return NaiveModel.addresses(pool).stream().filter(a -> a.family() == family);
    }

    private void deleteAll() {
        CLAIMS.forEach(operator::deleteClaim);
        KEYS.forEach(key -> operator.delete(key, 0));
        operator.allocator
                .retained()
                .forEach(kept -> operator.allocator.endRetention(kept.service(), kept.addresses()));
        for (PoolUsage usage : operator.allocator.usage()) {
            assertThat(usage.ipv4().free()).isEqualTo(usage.ipv4().total());
            assertThat(usage.ipv6().free()).isEqualTo(usage.ipv6().total());
        }
        assertThat(operator.waiting.size()).isZero();
        assertThat(operator.drain.due(Instant.MAX)).isEmpty();
    }
}
