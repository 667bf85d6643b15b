package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.net.IpRange;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Short words for requests and pools in tests.
final class TestRequests {

    private TestRequests() {}

    static ServiceKey key(String name) {
        return new ServiceKey("demo", name);
    }

    static AddressRequest ipv4(String name) {
        return AddressRequest.of(key(name), FamilyPolicy.SINGLE_STACK, IpFamily.IPV4);
    }

    static AddressRequest prefersBoth(String name) {
        return AddressRequest.of(key(name), FamilyPolicy.PREFER_DUAL_STACK, IpFamily.values());
    }

    static AddressRequest needsBoth(String name) {
        return AddressRequest.of(key(name), FamilyPolicy.REQUIRE_DUAL_STACK, IpFamily.values());
    }

    static Sharing shared(String sharingKey, int port) {
        return new Sharing(sharingKey, Set.of(new PortKey("TCP", port)), "");
    }

    static Pool pool(String name, String... prefixes) {
        return Pool.open(
                name,
                Arrays.stream(prefixes)
                        .map(p -> IpPrefix.parse(p).range())
                        .toArray(IpRange[]::new));
    }

    static PoolPolicy excluding(String... prefixes) {
        return policy(
                Arrays.stream(prefixes).map(p -> IpPrefix.parse(p).range()).toList(), List.of());
    }

    static PoolPolicy policy(List<IpRange> excluded, List<Quota> quotas) {
        return new PoolPolicy(
                excluded,
                WhenFull.WAIT,
                quotas,
                Retention.NONE,
                false,
                Pairing.NONE,
                Optional.empty());
    }

    static List<IpAddress> addresses(String... texts) {
        return Arrays.stream(texts).map(IpAddress::parse).toList();
    }

    static Allocator allocator(Pool... pools) {
        Allocator allocator = new Allocator();
        allocator.setPools(List.of(pools));
        return allocator;
    }

    /// Decides and commits; a refused Service keeps what the decision leaves it.
    static Decision give(Allocator allocator, AddressRequest request) {
        Decision decision = allocator.decide(request);
        allocator.commit(decision);
        return decision;
    }
}
