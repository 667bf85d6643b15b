package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.Allocator;
import dev.twinstack.allocation.Drainage;
import dev.twinstack.allocation.FamilyPolicy;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingDeskTest {

    private static final ServiceKey WAITS = new ServiceKey("default", "waits");
    private static final IpAddress ONLY = IpAddress.parse("192.0.2.1");

    private final Instant deadline = Instant.parse("2026-01-01T00:00:00Z");
    private final Allocator allocator = new Allocator();
    private final WaitingDesk desk =
            new WaitingDesk(
                    allocator,
                    new ClaimDesk(allocator, claim -> {}),
                    new Drainage(allocator),
                    () -> deadline,
                    woken -> {});

    @Test
    void whoIsServedIsKnownAsLongAsTheReservationLasts() {
        // Given one that has been served
        allocator.setPools(List.of(Pool.open("lan", new IpRange(ONLY, ONLY))));
        AddressRequest asks = AddressRequest.of(WAITS, FamilyPolicy.SINGLE_STACK, IpFamily.IPV4);
        desk.serveFirst(
                List.of(new AddressBook.Found(WAITS, deadline, List.of(), Optional.of(asks))));

        // When the time is not over, and when it is
        desk.expired(allocator.expire(deadline.minusSeconds(1)));
        assertThat(allocator.reservation(WAITS).addresses()).containsExactly(ONLY);
        desk.expired(allocator.expire(deadline));

        // Then nothing is left of it
        assertThat(desk.endServed(WAITS)).isFalse();
    }
}
