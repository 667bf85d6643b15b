package dev.twinstack.allocation;

import static dev.twinstack.allocation.TestRequests.addresses;
import static dev.twinstack.allocation.TestRequests.allocator;
import static dev.twinstack.allocation.TestRequests.give;
import static dev.twinstack.allocation.TestRequests.ipv4;
import static dev.twinstack.allocation.TestRequests.key;
import static dev.twinstack.allocation.TestRequests.needsBoth;
import static dev.twinstack.allocation.TestRequests.pool;
import static dev.twinstack.allocation.TestRequests.prefersBoth;
import static dev.twinstack.allocation.TestRequests.shared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AllocatorTest {

    @Nested
    class Keeping {

        @Test
        void whatStatusHasIsKeptThoughALowerAddressIsFree() {
            Allocator allocator = allocator(pool("lan", "10.0.0.0/24"));

            Decision decision = give(allocator, ipv4("a").withHeld(addresses("10.0.0.77")));

            assertThat(decision.addresses()).isEqualTo(addresses("10.0.0.77"));
            assertThat(((Decision.Assigned) decision).added()).isEmpty();
        }

        @Test
        void aFailedRequestForAnotherAddressTakesNothingAway() {
            Allocator allocator =
                    allocator(pool("lan", "10.0.0.0/31"), pool("full", "10.1.0.0/32"));
            give(allocator, ipv4("other").withPool("full"));
            give(allocator, ipv4("a").withPool("lan"));

            Decision decision =
                    give(allocator, ipv4("a").withHeld(addresses("10.0.0.0")).withPool("full"));

            assertThat(decision).isInstanceOf(Decision.Refused.class);
            assertThat(decision.addresses()).isEqualTo(addresses("10.0.0.0"));
            assertThat(decision.pool()).isEqualTo("lan");
            assertThat(allocator.tenants(IpAddress.parse("10.0.0.0"))).containsExactly(key("a"));
        }

        @Test
        void aSecondFamilyIsAddedFromTheSamePool() {
            Allocator allocator =
                    allocator(
                            pool("a-six", "2001:db8:a::/64"),
                            pool("lan", "10.0.0.0/24", "2001:db8:b::/64"));

            Decision decision = give(allocator, prefersBoth("a").withHeld(addresses("10.0.0.9")));

            assertThat(decision.addresses()).isEqualTo(addresses("10.0.0.9", "2001:db8:b::"));
            assertThat(((Decision.Assigned) decision).added()).isEqualTo(addresses("2001:db8:b::"));
        }

        @Test
        void noOtherPoolIsTakenForTheSecondFamilyOfAServiceThatOnlyPrefersIt() {
            Allocator allocator =
                    allocator(
                            pool("four", "10.0.0.0/24"),
                            pool("lan", "10.1.0.0/24", "2001:db8::/64"));

            Decision decision = give(allocator, prefersBoth("a").withHeld(addresses("10.0.0.9")));

            assertThat(decision.addresses()).isEqualTo(addresses("10.0.0.9"));
            assertThat(((Decision.Assigned) decision).missing().map(Refusal::text))
                    .contains("pool four has no IPv6 addresses");
        }

        @Test
        void aServiceThatGivesUpAFamilyKeepsTheOther() {
            Allocator allocator = allocator(pool("lan", "10.0.0.0/24", "2001:db8::/64"));

            Decision decision =
                    give(allocator, ipv4("a").withHeld(addresses("2001:db8::7", "10.0.0.9")));

            assertThat(decision.addresses()).isEqualTo(addresses("10.0.0.9"));
            assertThat(decision.cleared().map(Refusal::text))
                    .contains(
                            "address 2001:db8::7 is one too many for a Service with IPv4 cluster"
                                    + " IPs");
        }

        @Test
        void aServiceThatNowNeedsBothMovesOnlyIfItsPoolCanNotGiveBoth() {
            Allocator allocator =
                    allocator(
                            pool("four", "10.0.0.0/24"),
                            pool("lan", "10.1.0.0/24", "2001:db8::/64"));

            assertThat(allocator.decide(needsBoth("a").withHeld(addresses("10.1.0.9"))).addresses())
                    .isEqualTo(addresses("10.1.0.9", "2001:db8::"));
            assertThat(allocator.decide(needsBoth("a").withHeld(addresses("10.0.0.9"))).addresses())
                    .isEqualTo(addresses("10.1.0.0", "2001:db8::"));
        }

        @Test
        void aPairIsPutIpv4FirstAndAnAdditionBehind() {
            Allocator allocator = allocator(pool("lan", "10.0.0.0/24", "2001:db8::/64"));

            assertThat(
                            allocator
                                    .decide(needsBoth("a").withHeld(addresses("2001:db8::7")))
                                    .addresses())
                    .isEqualTo(addresses("10.0.0.0", "2001:db8::7"));
            assertThat(
                            allocator
                                    .decide(prefersBoth("a").withHeld(addresses("2001:db8::7")))
                                    .addresses())
                    .isEqualTo(addresses("2001:db8::7", "10.0.0.0"));
        }

        @Test
        void whatAnotherOneHoldsIsNotKept() {
            Allocator allocator = allocator(pool("lan", "10.0.0.0/24"));
            give(allocator, ipv4("first").withHeld(addresses("10.0.0.9")));

            Decision decision = give(allocator, ipv4("a").withHeld(addresses("10.0.0.9")));

            assertThat(decision.addresses()).isEqualTo(addresses("10.0.0.0"));
            assertThat(decision.cleared().map(Refusal::text))
                    .contains("address 10.0.0.9 is taken: demo/first does not share it");
        }
    }

    @Nested
    class Choosing {

        @Test
        void manyTakenAddressesCostNothingAndAreGivenAgainLowestFirst() {
            Allocator allocator = allocator(pool("lan", "10.0.0.0/15"));
            for (int i = 0; i < 100_000; i++) {
                give(allocator, ipv4("s" + i));
            }
            allocator.release(key("s70000"));
            allocator.release(key("s3"));

            assertThat(give(allocator, ipv4("x")).addresses()).isEqualTo(addresses("10.0.0.3"));
            assertThat(give(allocator, ipv4("y")).addresses())
                    .isEqualTo(List.of(IpAddress.parse("10.0.0.0").plus(70_000)));
            assertThat(give(allocator, ipv4("z")).addresses())
                    .isEqualTo(List.of(IpAddress.parse("10.0.0.0").plus(100_000)));
        }

        @Test
        void aWholeEightWithoutItsBuggyAddressesIsThereAtOnce() {
            Allocator allocator =
                    allocator(
                            new Pool(
                                    "ten",
                                    List.of(IpPrefix.parse("10.0.0.0/8").range()),
                                    true,
                                    true,
                                    Optional.empty()));
            for (int i = 0; i < 254; i++) {
                give(allocator, ipv4("s" + i));
            }

            assertThat(give(allocator, ipv4("next")).addresses()).isEqualTo(addresses("10.0.1.1"));
        }

        @Test
        void newAddressesComeIpv4FirstWhateverTheOrderOfTheFamilies() {
            Allocator allocator = allocator(pool("lan", "10.0.0.0/24", "2001:db8::/64"));

            Decision decision =
                    allocator.decide(
                            AddressRequest.of(
                                    key("a"),
                                    FamilyPolicy.PREFER_DUAL_STACK,
                                    IpFamily.IPV6,
                                    IpFamily.IPV4));

            assertThat(decision.addresses()).isEqualTo(addresses("10.0.0.0", "2001:db8::"));
        }

        @Test
        void theFirstFamilyDecidesWhenNoPoolHasBoth() {
            Allocator allocator =
                    allocator(pool("four", "10.0.0.0/24"), pool("six", "2001:db8::/64"));

            Decision decision =
                    allocator.decide(
                            AddressRequest.of(
                                    key("a"),
                                    FamilyPolicy.PREFER_DUAL_STACK,
                                    IpFamily.IPV6,
                                    IpFamily.IPV4));

            assertThat(decision.addresses()).isEqualTo(addresses("2001:db8::"));
        }

        @Test
        void aSharerTakesTheLowestAddressItMayUse() {
            Allocator allocator = allocator(pool("lan", "10.0.0.0/24"));
            give(allocator, ipv4("alone"));
            give(allocator, ipv4("web").withSharing(shared("k", 80)));
            give(allocator, ipv4("web2").withSharing(shared("k", 80)));

            assertThat(give(allocator, ipv4("dns").withSharing(shared("k", 53))).addresses())
                    .isEqualTo(addresses("10.0.0.1"));
            assertThat(give(allocator, ipv4("web3").withSharing(shared("k", 80))).addresses())
                    .isEqualTo(addresses("10.0.0.3"));
            assertThat(allocator.usage("lan").map(PoolUsage::assigned)).contains(4L);
        }

        @Test
        void bigAndSmallRangesAddUpWithoutOverflow() {
            Allocator allocator = allocator(pool("lan", "2001:db8::/64", "10.0.0.0/24"));
            give(allocator, prefersBoth("a"));

            PoolUsage usage = allocator.usage("lan").orElseThrow();

            assertThat(usage.total()).isEqualTo(Long.MAX_VALUE);
            assertThat(usage.ipv4()).isEqualTo(new PoolUsage.Family(256, 1, 0));
            assertThat(usage.ipv4().available()).isEqualTo(255);
            assertThat(usage.ipv6().available()).isEqualTo(Long.MAX_VALUE - 1);
        }
    }

    @Nested
    class Committing {

        @Test
        void aDecisionThatHasBecomeStaleIsNotCarriedOut() {
            Allocator allocator = allocator(pool("lan", "10.0.0.0/24"));
            Decision stale = allocator.decide(ipv4("a"));
            give(allocator, ipv4("b"));

            assertThatThrownBy(() -> allocator.commit(stale))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("demo/b");
            assertThat(allocator.holding(key("a")).isEmpty()).isTrue();
        }

        @Test
        void roomIsReportedWhenAnAddressComesFreeOrCanBeSharedAnew() {
            Allocator allocator = allocator(pool("lan", "10.0.0.0/31"));
            Room whole = new Room.Whole("lan", IpFamily.IPV4);
            Room underKey = new Room.Shared("lan", IpFamily.IPV4, "k");

            assertThat(allocator.commit(allocator.decide(ipv4("alone")))).isEmpty();
            assertThat(allocator.commit(allocator.decide(ipv4("web").withSharing(shared("k", 80)))))
                    .containsExactly(underKey);
            assertThat(allocator.commit(allocator.decide(ipv4("dns").withSharing(shared("k", 53)))))
                    .isEmpty();
            assertThat(allocator.release(key("dns"))).containsExactly(underKey);
            assertThat(allocator.release(key("web"))).containsExactly(whole);
            assertThat(allocator.release(key("web"))).isEqualTo(Set.of());
        }

        @Test
        void anAddressBelongsToThePoolThatMayGiveIt() {
            Allocator allocator = allocator(pool("lan", "10.0.0.0/31"));

            assertThat(allocator.poolOf(IpAddress.parse("10.0.0.1"))).contains("lan");
            assertThat(allocator.poolOf(IpAddress.parse("10.0.0.2"))).isEmpty();
        }

        @Test
        void adoptedAddressesAreSafeBeforeTheFirstDecision() {
            Allocator allocator = allocator(pool("lan", "10.0.0.0/24"));

            assertThat(allocator.adopt(key("a"), addresses("10.0.0.0"), Sharing.NONE))
                    .isEqualTo(addresses("10.0.0.0"));
            assertThat(allocator.adopt(key("b"), addresses("10.0.0.0"), Sharing.NONE)).isEmpty();
            assertThat(allocator.decide(ipv4("c")).addresses()).isEqualTo(addresses("10.0.0.1"));
        }
    }
}
