package dev.twinstack.allocation;

import static dev.twinstack.allocation.TestRequests.addresses;
import static dev.twinstack.allocation.TestRequests.allocator;
import static dev.twinstack.allocation.TestRequests.give;
import static dev.twinstack.allocation.TestRequests.ipv4;
import static dev.twinstack.allocation.TestRequests.key;
import static dev.twinstack.allocation.TestRequests.policy;
import static dev.twinstack.allocation.TestRequests.pool;
import static dev.twinstack.allocation.TestRequests.prefersBoth;
import static dev.twinstack.allocation.TestRequests.shared;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.IpFamily;
import dev.twinstack.selector.LabelSelector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuotaTest {

    private static final Room DEMO_UNDER_QUOTA = new Room.UnderQuota("lan", IpFamily.IPV4, "demo");

    private final Allocator allocator = allocator(lan(quota(2, Set.of("demo"))));

    @Test
    void aNamespaceGetsNoMoreThanItsQuotaAndOthersAreNotAffected() {
        give(allocator, ipv4("a"));
        give(allocator, ipv4("b"));

        Decision.Refused refused = (Decision.Refused) give(allocator, ipv4("c"));

        assertThat(refused.reason().text())
                .isEqualTo("namespace demo has 2 IPv4 addresses of pool lan, its quota is 2");
        assertThat(refused.reason().permanent()).isFalse();
        assertThat(refused.waitsFor()).containsExactly(DEMO_UNDER_QUOTA);
        ServiceKey other = new ServiceKey("other", "d");
        assertThat(
                        give(
                                        allocator,
                                        AddressRequest.of(
                                                other, FamilyPolicy.SINGLE_STACK, IpFamily.IPV4))
                                .addresses())
                .isEqualTo(addresses("10.0.0.2"));
        assertThat(allocator.usedByNamespace("lan", IpFamily.IPV4))
                .isEqualTo(Map.of("demo", 2L, "other", 1L));
        // Another namespace's release wakes nobody who waits for the quota
        assertThat(allocator.release(other)).doesNotContain(DEMO_UNDER_QUOTA);
        assertThat(allocator.release(key("a"))).contains(DEMO_UNDER_QUOTA);
        assertThat(give(allocator, ipv4("c")).addresses()).isEqualTo(addresses("10.0.0.0"));
    }

    @Test
    void aSharedAddressCountsOnce() {
        give(allocator, ipv4("web").withSharing(shared("k", 80)));
        give(allocator, ipv4("alone"));

        assertThat(give(allocator, ipv4("dns").withSharing(shared("k", 53))).addresses())
                .isEqualTo(addresses("10.0.0.0"));
        Decision clash = give(allocator, ipv4("web-2").withSharing(shared("k", 80)));
        assertThat(clash.waitsFor())
                .containsExactlyInAnyOrder(
                        DEMO_UNDER_QUOTA, new Room.Shared("lan", IpFamily.IPV4, "k"));
    }

    @Test
    void aReservationCounts() {
        give(allocator, ipv4("a"));
        allocator.reserve((Decision.Assigned) allocator.decide(ipv4("b")), Instant.EPOCH);

        assertThat(allocator.decide(ipv4("c"))).isInstanceOf(Decision.Refused.class);
        assertThat(give(allocator, ipv4("b"))).isInstanceOf(Decision.Assigned.class);
    }

    @Test
    void aWantedAddressCountsToo() {
        give(allocator, ipv4("a"));
        give(allocator, ipv4("b"));

        Decision decision = allocator.decide(ipv4("c").withWanted(addresses("10.0.0.7")));

        assertThat(((Decision.Refused) decision).reason())
                .isInstanceOf(Refusal.QuotaExceeded.class);
    }

    @Test
    void theTightestOfAllQuotasThatFitHolds() {
        LabelSelector red = new LabelSelector(Map.of("team", "red"), List.of());
        Quota ofRed = new Quota(Set.of(), List.of(red), OptionalLong.of(1), OptionalLong.empty());
        allocator.setPools(List.of(lan(quota(3, Set.of()), ofRed)));
        AddressRequest request = ipv4("b");
        give(allocator, ipv4("a"));

        assertThat(allocator.decide(request)).isInstanceOf(Decision.Assigned.class);
        assertThat(allocator.decide(request.withLabels(Map.of("team", "red"), Map.of())))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void aQuotaBelowWhatIsInUseTakesNothingAway() {
        Decision a = give(allocator, ipv4("a"));
        Decision b = give(allocator, ipv4("b"));
        // When
        PoolsDiff diff = allocator.setPools(List.of(lan(quota(1, Set.of("demo")))));
        // Then
        assertThat(diff.affected()).isEmpty();
        assertThat(allocator.decide(ipv4("a").withHeld(a.addresses())).addresses())
                .isEqualTo(a.addresses());
        assertThat(allocator.decide(ipv4("b").withHeld(b.addresses())).addresses())
                .isEqualTo(b.addresses());
        // And a higher one wakes those who wait
        assertThat(allocator.setPools(List.of(lan(quota(3, Set.of("demo"))))).wakesWaiting())
                .isTrue();
    }

    @Test
    void oneFamilyOverQuotaLeavesTheOther() {
        give(allocator, ipv4("a"));
        give(allocator, ipv4("b"));

        Decision.Assigned assigned = (Decision.Assigned) give(allocator, prefersBoth("c"));

        assertThat(assigned.addresses()).isEqualTo(addresses("2001:db8::"));
        assertThat(assigned.missing().orElseThrow()).isInstanceOf(Refusal.QuotaExceeded.class);
    }

    @Test
    void whatHappensToACreateFollowsThePolicyOfThePool() {
        Pool waiting = pool("lan", "10.0.0.0/32");
        Pool refusing = pool("wan", "10.1.0.0/32").withPolicy(refusing());
        Allocator both = allocator(waiting, refusing);
        give(both, ipv4("a"));
        give(both, ipv4("b"));

        assertThat(reason(both, ipv4("c")).whenFull()).isEqualTo(WhenFull.WAIT);
        assertThat(reason(both, ipv4("c").withPool("wan")).whenFull()).isEqualTo(WhenFull.REFUSE);
        assertThat(reason(both, ipv4("c").withPool("absent")).whenFull())
                .isEqualTo(WhenFull.REFUSE);
    }

    private static Refusal reason(Allocator allocator, AddressRequest request) {
        return ((Decision.Refused) allocator.decide(request)).reason();
    }

    private static PoolPolicy refusing() {
        PoolPolicy none = PoolPolicy.NONE;
        return new PoolPolicy(
                none.excluded(),
                WhenFull.REFUSE,
                none.quotas(),
                none.retention(),
                none.upgradeToDualStack(),
                none.pairing(),
                none.drain());
    }

    private static Quota quota(long ipv4, Set<String> namespaces) {
        return new Quota(namespaces, List.of(), OptionalLong.of(ipv4), OptionalLong.empty());
    }

    private static Pool lan(Quota... quotas) {
        return pool("lan", "10.0.0.0/24", "2001:db8::/64")
                .withPolicy(policy(List.of(), List.of(quotas)));
    }
}
