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

import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpRange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairingTest {

    private final Allocator allocator =
            allocator(paired(pool("lan", "192.168.1.8/29", "2001:db8::/64"), List.of()));

    @Test
    void theIpv6AddressHasTheHostPartOfTheIpv4One() {
        Allocator wide =
                allocator(paired(pool("lan", "192.168.1.0/24", "2001:db8::/64"), List.of()));
        give(wide, ipv4("zero"));

        assertThat(give(wide, needsBoth("a")).addresses())
                .isEqualTo(addresses("192.168.1.1", "2001:db8::1"));
        assertThat(give(wide, needsBoth("b").withProposed(addresses("192.168.1.20"))).addresses())
                .isEqualTo(addresses("192.168.1.20", "2001:db8::14"));
    }

    @Test
    void onlyPairsOfWhichBothAreFreeAreGiven() {
        give(allocator, ipv4("four").withWanted(addresses("192.168.1.8")));
        give(allocator, ipv6("six", "2001:db8::1"));

        assertThat(give(allocator, needsBoth("a")).addresses())
                .isEqualTo(addresses("192.168.1.10", "2001:db8::2"));
        allocator.release(key("six"));
        assertThat(give(allocator, needsBoth("b")).addresses())
                .isEqualTo(addresses("192.168.1.9", "2001:db8::1"));
    }

    @Test
    void withoutAPairAServiceWaitsOrTakesOneFamily() {
        for (int i = 0; i < 7; i++) {
            give(allocator, needsBoth("service-" + i));
        }
        give(allocator, ipv6("six", "2001:db8::7"));

        Decision.Refused refused = (Decision.Refused) give(allocator, needsBoth("a"));
        assertThat(refused.reason().text())
                .isEqualTo(
                        "pool lan has no pair of an IPv4 and an IPv6 address with the same host part"
                                + " free");
        assertThat(refused.waitsFor())
                .containsExactlyInAnyOrder(
                        new Room.Whole("lan", IpFamily.IPV4), new Room.Whole("lan", IpFamily.IPV6));
        Decision.Assigned half = (Decision.Assigned) give(allocator, prefersBoth("b"));
        assertThat(half.addresses()).isEqualTo(addresses("192.168.1.15"));
        assertThat(half.missing()).isPresent();
        // When the partner comes free
        allocator.release(key("six"));
        assertThat(give(allocator, prefersBoth("b").withHeld(half.addresses())).addresses())
                .isEqualTo(addresses("192.168.1.15", "2001:db8::7"));
    }

    @Test
    void aServiceThatGetsAFamilyMoreGetsThePartner() {
        Decision first = give(allocator, ipv6("a", "2001:db8::3"));

        assertThat(give(allocator, needsBoth("a").withHeld(first.addresses())).addresses())
                .isEqualTo(addresses("192.168.1.11", "2001:db8::3"));
    }

    @Test
    void rangesPairByTheirLastOctetsAndExcludedPartnersAreLeftOut() {
        Pool ranges =
                Pool.open(
                        "lan",
                        new IpRange(
                                addresses("192.168.1.100").getFirst(),
                                addresses("192.168.1.120").getFirst()),
                        new IpRange(
                                addresses("2001:db8::66").getFirst(),
                                addresses("2001:db8::ff").getFirst()));
        Allocator narrow =
                allocator(
                        paired(ranges, List.of(IpRange.of(addresses("2001:db8::66").getFirst()))));

        assertThat(give(narrow, needsBoth("a")).addresses())
                .isEqualTo(addresses("192.168.1.103", "2001:db8::67"));
        assertThat(give(narrow, ipv4("b")).addresses()).isEqualTo(addresses("192.168.1.100"));
    }

    @Test
    void servicesThatShareSharePairs() {
        AddressRequest web = needsBoth("web").withSharing(shared("k", 80));
        Decision first = give(allocator, web);

        assertThat(give(allocator, needsBoth("dns").withSharing(shared("k", 53))).addresses())
                .isEqualTo(first.addresses());
        assertThat(give(allocator, needsBoth("web-2").withSharing(shared("k", 80))).addresses())
                .isEqualTo(addresses("192.168.1.9", "2001:db8::1"));
    }

    @Test
    void pairingThatComesLaterLeavesWhatIsThereAndFollowsIt() {
        Pool plain = pool("lan", "192.168.1.8/29", "2001:db8::/64");
        Allocator later = allocator(plain);
        give(later, ipv4("four"));
        Decision unpaired = give(later, needsBoth("a"));
        // When
        later.setPools(List.of(paired(plain, List.of())));
        // Then
        assertThat(later.decide(needsBoth("a").withHeld(unpaired.addresses())).addresses())
                .isEqualTo(addresses("192.168.1.9", "2001:db8::"));
        assertThat(give(later, needsBoth("b")).addresses())
                .isEqualTo(addresses("192.168.1.10", "2001:db8::2"));
    }

    private static AddressRequest ipv6(String name, String address) {
        return AddressRequest.of(key(name), FamilyPolicy.SINGLE_STACK, IpFamily.IPV6)
                .withWanted(addresses(address));
    }

    private static Pool paired(Pool pool, List<IpRange> excluded) {
        PoolPolicy none = PoolPolicy.NONE;
        return pool.withPolicy(
                new PoolPolicy(
                        excluded,
                        none.whenFull(),
                        none.quotas(),
                        none.retention(),
                        none.upgradeToDualStack(),
                        Pairing.SUFFIX,
                        Optional.empty()));
    }
}
