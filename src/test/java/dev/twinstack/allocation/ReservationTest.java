package dev.twinstack.allocation;

import static dev.twinstack.allocation.TestRequests.addresses;
import static dev.twinstack.allocation.TestRequests.allocator;
import static dev.twinstack.allocation.TestRequests.give;
import static dev.twinstack.allocation.TestRequests.ipv4;
import static dev.twinstack.allocation.TestRequests.key;
import static dev.twinstack.allocation.TestRequests.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.IpFamily;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Between the answer of admission and the status.
class ReservationTest {

    private static final Instant DEADLINE = Instant.parse("2026-01-01T00:00:10Z");

    private final Allocator allocator = allocator(pool("lan", "10.0.0.0/31"));

    @Test
    void isTakenForOthersAndConfirmedByTheSameService() {
        reserve("a");

        assertThat(give(allocator, ipv4("b")).addresses()).isEqualTo(addresses("10.0.0.1"));
        assertThat(give(allocator, ipv4("a")).addresses()).isEqualTo(addresses("10.0.0.0"));
        assertThat(allocator.reservation(key("a")).isEmpty()).isTrue();
        assertThat(allocator.expire(DEADLINE)).isEmpty();
        assertThat(allocator.usage("lan").orElseThrow().ipv4())
                .isEqualTo(new PoolUsage.Family(2, 2, 0));
    }

    @Test
    void endsAtItsDeadlineAndNotBefore() {
        reserve("a");

        assertThat(allocator.expire(DEADLINE.minusMillis(1))).isEmpty();
        assertThat(allocator.usage("lan").orElseThrow().ipv4())
                .isEqualTo(new PoolUsage.Family(2, 0, 1));
        assertThat(allocator.expire(DEADLINE))
                .isEqualTo(Set.of(new Room.Whole("lan", IpFamily.IPV4)));
        assertThat(allocator.decide(ipv4("b")).addresses()).isEqualTo(addresses("10.0.0.0"));
    }

    @Test
    void aDecisionAloneReservesNothing() {
        allocator.decide(ipv4("a"));

        assertThat(allocator.decide(ipv4("b")).addresses()).isEqualTo(addresses("10.0.0.0"));
    }

    @Test
    void asecondAnswerToTheSameServiceReplacesTheFirst() {
        reserve("a");
        reserve("a");

        assertThat(allocator.usage("lan").orElseThrow().ipv4().reserved()).isEqualTo(1);
    }

    @Test
    void whatAnUpdateWasPromisedOutlivesADecisionAboutTheOldService() {
        // Given a Service that holds one address and is promised another one it asks for
        give(allocator, ipv4("a"));
        AddressRequest old = ipv4("a").withHeld(addresses("10.0.0.0"));
        AddressRequest updated = old.withWanted(addresses("10.0.0.1"));
        allocator.reserve((Decision.Assigned) allocator.decide(updated), DEADLINE);
        // When the controller looks at the Service as it was
        give(allocator, old);
        // Then nobody else gets the other one, and the update does
        assertThat(allocator.decide(ipv4("b"))).isInstanceOf(Decision.Refused.class);
        assertThat(give(allocator, updated).addresses()).isEqualTo(addresses("10.0.0.1"));
        assertThat(give(allocator, ipv4("b")).addresses()).isEqualTo(addresses("10.0.0.0"));
    }

    @Test
    void anAnswerOfAnEarlierLeaderIsHonouredIfTheAddressIsFree() {
        AddressRequest promised = ipv4("a").withProposed(addresses("10.0.0.1"));

        assertThat(allocator.decide(promised).addresses()).isEqualTo(addresses("10.0.0.1"));
        give(allocator, ipv4("b").withWanted(addresses("10.0.0.1")));
        assertThat(allocator.decide(promised).addresses()).isEqualTo(addresses("10.0.0.0"));
    }

    @Test
    void beyondTheLimitNothingIsReservedButWhatIsStays() {
        // Given an allocator that keeps one reservation
        Allocator small = new Allocator(1);
        small.setPools(List.of(pool("lan", "10.0.0.0/30")));
        // When
        for (String name : List.of("a", "b", "a")) {
            small.reserve((Decision.Assigned) small.decide(ipv4(name)), DEADLINE);
        }
        // Then
        assertThat(small.reservation(key("a")).addresses()).isEqualTo(addresses("10.0.0.0"));
        assertThat(small.reservation(key("b")).isEmpty()).isTrue();
        // And there is room again when it has run out
        small.expire(DEADLINE);
        small.reserve((Decision.Assigned) small.decide(ipv4("b")), DEADLINE);
        assertThat(small.reservation(key("b")).addresses()).isEqualTo(addresses("10.0.0.0"));
    }

    private void reserve(String name) {
        allocator.reserve((Decision.Assigned) allocator.decide(ipv4(name)), DEADLINE);
    }
}
