package dev.twinstack.allocation;

import static dev.twinstack.allocation.TestRequests.addresses;
import static dev.twinstack.allocation.TestRequests.allocator;
import static dev.twinstack.allocation.TestRequests.excluding;
import static dev.twinstack.allocation.TestRequests.give;
import static dev.twinstack.allocation.TestRequests.ipv4;
import static dev.twinstack.allocation.TestRequests.key;
import static dev.twinstack.allocation.TestRequests.pool;
import static dev.twinstack.allocation.TestRequests.prefersBoth;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExclusionTest {

    private static final Pool LAN = pool("lan", "10.0.0.0/29", "2001:db8::/64");

    @Test
    void excludedAddressesAreSteppedOverAndCountNowhere() {
        Allocator allocator =
                allocator(
                        LAN.withPolicy(excluding("10.0.0.0/31", "10.0.0.4/32", "2001:db8::/112")));

        assertThat(give(allocator, prefersBoth("a")).addresses())
                .isEqualTo(addresses("10.0.0.2", "2001:db8::1:0"));
        assertThat(give(allocator, ipv4("b")).addresses()).isEqualTo(addresses("10.0.0.3"));
        assertThat(give(allocator, ipv4("c")).addresses()).isEqualTo(addresses("10.0.0.5"));
        assertThat(allocator.usage("lan").orElseThrow().ipv4())
                .isEqualTo(new PoolUsage.Family(5, 3, 0));
    }

    @Test
    void anExcludedAddressIsNotGivenOnRequest() {
        Allocator allocator = allocator(LAN.withPolicy(excluding("10.0.0.4/31")));
        AddressRequest request = ipv4("a").withWanted(addresses("10.0.0.5"));

        for (AddressRequest asking : List.of(request, request.withPool("lan"))) {
            Refusal reason = ((Decision.Refused) allocator.decide(asking)).reason();
            assertThat(reason.text())
                    .isEqualTo(
                            "address 10.0.0.5 is not used: the policy of pool lan excludes"
                                    + " 10.0.0.4-10.0.0.5");
            assertThat(reason.permanent()).isTrue();
        }
    }

    @Test
    void aServiceOnAnAddressThatIsExcludedLaterMovesAsWithAvoidBuggyIps() {
        // Given
        Allocator allocator = allocator(LAN);
        Decision before = give(allocator, ipv4("a"));
        // When
        PoolsDiff diff = allocator.setPools(List.of(LAN.withPolicy(excluding("10.0.0.0/32"))));
        // Then
        assertThat(diff.moving()).containsExactly(key("a"));
        assertThat(diff.wakesWaiting()).isFalse();
        Decision after = give(allocator, ipv4("a").withHeld(before.addresses()));
        assertThat(after.addresses()).isEqualTo(addresses("10.0.0.1"));
        assertThat(after.cleared().orElseThrow()).isInstanceOf(Refusal.Excluded.class);
        // And when it is allowed again, it is there for those who wait
        assertThat(allocator.setPools(List.of(LAN)).widened()).containsExactly("lan");
        assertThat(give(allocator, ipv4("b")).addresses()).isEqualTo(addresses("10.0.0.0"));
    }

    @Test
    void aPoolOfWhichAllIsExcludedHasNoAddresses() {
        Allocator allocator = allocator(LAN.withPolicy(excluding("10.0.0.0/8")));

        assertThat(((Decision.Refused) allocator.decide(ipv4("a"))).reason().text())
                .isEqualTo("pool lan has no IPv4 addresses");
    }
}
