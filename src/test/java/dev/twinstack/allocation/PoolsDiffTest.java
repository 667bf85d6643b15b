package dev.twinstack.allocation;

import static dev.twinstack.allocation.TestRequests.addresses;
import static dev.twinstack.allocation.TestRequests.allocator;
import static dev.twinstack.allocation.TestRequests.give;
import static dev.twinstack.allocation.TestRequests.ipv4;
import static dev.twinstack.allocation.TestRequests.key;
import static dev.twinstack.allocation.TestRequests.pool;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolsDiffTest {

    private final Pool lan = pool("lan", "10.0.0.0/24");
    private final Allocator allocator = allocator(lan);

    @Test
    void theSamePoolsChangeNothing() {
        give(allocator, ipv4("a"));

        PoolsDiff diff = allocator.setPools(List.of(lan));

        assertThat(diff.affected()).isEmpty();
        assertThat(diff.wakesWaiting()).isFalse();
    }

    @Test
    void aPoolThatGrowsWakesAndOneThatShrinksDoesNot() {
        assertThat(allocator.setPools(List.of(pool("lan", "10.0.0.0/25"))).widened()).isEmpty();
        assertThat(allocator.setPools(List.of(lan)).widened()).containsExactly("lan");
        assertThat(allocator.setPools(List.of()).widened()).isEmpty();
    }

    @Test
    void aServiceWhoseAddressNoPoolHasMustMoveAndKeepsItMeanwhile() {
        // Given
        give(allocator, ipv4("a"));
        // When
        PoolsDiff diff = allocator.setPools(List.of(pool("new", "10.1.0.0/24")));
        // Then
        assertThat(diff.moving()).containsExactly(key("a"));
        assertThat(diff.added()).containsExactly("new");
        assertThat(diff.removed()).containsExactly("lan");
        assertThat(allocator.holding(key("a")).pool()).isEmpty();
        allocator.setPools(List.of(lan, pool("new", "10.1.0.0/24")));
        assertThat(allocator.decide(ipv4("b")).addresses()).isEqualTo(addresses("10.0.0.1"));
    }

    @Test
    void aMovingServiceGetsAnAddressOfAnotherPool() {
        give(allocator, ipv4("a"));
        allocator.setPools(List.of(pool("new", "10.1.0.0/24")));

        Decision decision = give(allocator, ipv4("a").withHeld(addresses("10.0.0.0")));

        assertThat(decision.addresses()).isEqualTo(addresses("10.1.0.0"));
        assertThat(decision.cleared().map(Refusal::text))
                .contains("address 10.0.0.0 is in no pool");
    }

    @Test
    void aMovingServiceWithNowhereToGoLosesItsAddress() {
        give(allocator, ipv4("a"));
        allocator.setPools(List.of());

        Decision decision = give(allocator, ipv4("a").withHeld(addresses("10.0.0.0")));

        assertThat(decision.addresses()).isEmpty();
        assertThat(allocator.holdings()).isEmpty();
    }

    @Test
    void aRenamedPoolTakesItsServicesAlong() {
        give(allocator, ipv4("a"));

        PoolsDiff diff = allocator.setPools(List.of(pool("office", "10.0.0.0/24")));

        assertThat(diff.renamed()).isEqualTo(Map.of(key("a"), "office"));
        assertThat(allocator.usage("office").map(PoolUsage::assigned)).contains(1L);
    }

    @Test
    void servicesOfAPoolWithNewRulesNeedAnotherLook() {
        give(allocator, ipv4("a"));
        Pool bound =
                new Pool(
                        "lan",
                        lan.ranges(),
                        true,
                        false,
                        Optional.of(new PoolScope(0, Set.of("shop"), List.of(), List.of())));

        PoolsDiff diff = allocator.setPools(List.of(bound));

        assertThat(diff.recheck()).containsExactly(key("a"));
        Decision decision = give(allocator, ipv4("a").withHeld(addresses("10.0.0.0")));
        assertThat(decision.addresses()).isEmpty();
        assertThat(decision.cleared().map(Refusal::text))
                .contains("pool lan is not for namespace demo (only for shop)");
    }
}
