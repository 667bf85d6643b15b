package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpRange;
import dev.twinstack.selector.LabelSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/// Random pools and requests in a world so small that everything collides with everything.
final class RandomCluster {

    private static final int BLOCK = 4;
    private static final IpAddress IPV4 = IpAddress.parse("10.0.0.250");
    private static final IpAddress IPV6 = IpAddress.parse("2001:db8::");

    private final Random random;

    RandomCluster(Random random) {
        this.random = random;
    }

    List<Pool> pools() {
        List<List<IpRange>> ranges = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            ranges.add(new ArrayList<>());
        }
        List<Pool> pools = new ArrayList<>();
        if (ranges.isEmpty()) {
            return pools;
        }
        for (int block = 0; block < 8; block++) {
            if (chance(75)) {
                ranges.get(random.nextInt(ranges.size())).add(block(block));
            }
        }
        for (List<IpRange> own : ranges) {
            Collections.shuffle(own, random);
            String name = "pool-" + (pools.size() + (chance(20) ? 4 : 0));
            pools.add(new Pool(name, own, chance(80), chance(40), scope(), policy()));
        }
        return pools;
    }

    private static IpRange block(int index) {
        IpAddress first =
                index < 5 ? IPV4.plus(index * (long) BLOCK) : IPV6.plus((index - 5L) * BLOCK);
        return new IpRange(first, first.plus(BLOCK - 1));
    }

    private Optional<PoolScope> scope() {
        if (chance(60)) {
            return Optional.empty();
        }
        return Optional.of(
                new PoolScope(
                        random.nextInt(3),
                        chance(50) ? Set.of("a") : Set.of(),
                        chance(20) ? List.of(team("red")) : List.of(),
                        chance(30) ? List.of(team("blue")) : List.of()));
    }

    private PoolPolicy policy() {
        if (chance(30)) {
            return PoolPolicy.NONE;
        }
        return new PoolPolicy(
                chance(30) ? List.of(excluded()) : List.of(),
                oneOf(WhenFull.values()),
                chance(30) ? List.of(quota()) : List.of(),
                Retention.NONE,
                false,
                chance(30) ? Pairing.SUFFIX : Pairing.NONE,
                chance(25) ? Optional.of(drain()) : Optional.empty());
    }

    private IpRange excluded() {
        IpAddress first =
                chance(70)
                        ? IPV4.plus(random.nextInt(5 * BLOCK))
                        : IPV6.plus(random.nextInt(3 * BLOCK));
        return new IpRange(first, first.plus(random.nextInt(3)));
    }

    private Quota quota() {
        return new Quota(
                chance(50) ? Set.of("a") : Set.of(),
                chance(30) ? List.of(team("red")) : List.of(),
                chance(80) ? OptionalLong.of(random.nextInt(4)) : OptionalLong.empty(),
                chance(50) ? OptionalLong.of(random.nextInt(4)) : OptionalLong.empty());
    }

    private Drain drain() {
        return new Drain("pool-" + random.nextInt(5), Duration.ofSeconds(random.nextInt(4)));
    }

    ClaimRequest claim(ClaimKey claim, List<ServiceKey> services) {
        List<IpFamily> families = chance(40) ? List.of() : List.of(oneOf(IpFamily.values()));
        return new ClaimRequest(
                claim,
                claim.namespace().equals("b") ? Map.of("team", "red") : Map.of(),
                chance(20) ? Optional.of("pool-" + random.nextInt(5)) : Optional.empty(),
                chance(30) ? wanted(List.of(oneOf(IpFamily.values()))) : List.of(),
                families,
                List.of(),
                services.stream()
                        .filter(key -> key.namespace().equals(claim.namespace()))
                        .filter(key -> chance(10))
                        .findFirst());
    }

    private static LabelSelector team(String team) {
        return new LabelSelector(Map.of("team", team), List.of());
    }

    AddressRequest request(ServiceKey service) {
        FamilyPolicy policy = oneOf(FamilyPolicy.values());
        AddressRequest request =
                AddressRequest.of(service, policy, families(policy))
                        .withSharing(sharing())
                        .withLabels(
                                service.namespace().equals("b") ? Map.of("team", "red") : Map.of(),
                                chance(50) ? Map.of("team", "blue") : Map.of());
        if (chance(20)) {
            request = request.withPool("pool-" + random.nextInt(5));
        }
        if (chance(15)) {
            request = request.withClaim(new ClaimKey(service.namespace(), "claim"));
        }
        if (chance(10)) {
            return request.withWanted(hostParts(request.families())).withHostParts(true);
        }
        return chance(20) ? request.withWanted(wanted(request.families())) : request;
    }

    private IpFamily[] families(FamilyPolicy policy) {
        if (policy == FamilyPolicy.SINGLE_STACK || chance(10)) {
            return new IpFamily[] {oneOf(IpFamily.values())};
        }
        return chance(50) ? IpFamily.values() : new IpFamily[] {IpFamily.IPV6, IpFamily.IPV4};
    }

    private List<IpAddress> wanted(List<IpFamily> families) {
        List<IpAddress> wanted = new ArrayList<>();
        for (IpFamily family : families) {
            wanted.add(
                    family == IpFamily.IPV4
                            ? IPV4.plus(random.nextInt(5 * BLOCK))
                            : IPV6.plus(random.nextInt(3 * BLOCK)));
        }
        return wanted;
    }

    private List<IpAddress> hostParts(List<IpFamily> families) {
        List<IpAddress> parts = new ArrayList<>();
        for (IpFamily family : families) {
            parts.add(
                    family == IpFamily.IPV4
                            ? IpAddress.ofIpv4((250 + random.nextInt(5 * BLOCK)) & 0xff)
                            : new IpAddress(IpFamily.IPV6, 0, random.nextInt(3 * BLOCK)));
        }
        return parts;
    }

    private Sharing sharing() {
        if (chance(50)) {
            return new Sharing("", ports(), "");
        }
        return new Sharing(chance(70) ? "k" : "l", ports(), chance(80) ? "" : "app=x");
    }

    private Set<PortKey> ports() {
        Set<PortKey> ports = new HashSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            ports.add(new PortKey("TCP", 80 + random.nextInt(3)));
        }
        return ports;
    }

    private <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int pick(int bound) {
        return random.nextInt(bound);
    }
}
