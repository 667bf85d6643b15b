package dev.twinstack.allocation;

import static dev.twinstack.allocation.TestRequests.addresses;
import static dev.twinstack.allocation.TestRequests.allocator;
import static dev.twinstack.allocation.TestRequests.give;
import static dev.twinstack.allocation.TestRequests.ipv4;
import static dev.twinstack.allocation.TestRequests.key;
import static dev.twinstack.allocation.TestRequests.pool;
import static dev.twinstack.allocation.TestRequests.shared;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitingServicesTest {

    private final Allocator allocator =
            allocator(pool("lan", "10.0.0.0/32"), pool("other", "10.1.0.0/32"));
    private final WaitingServices waiting = new WaitingServices();

    @BeforeEach
    void fillThePools() {
        give(allocator, ipv4("holder").withPool("lan"));
        give(allocator, ipv4("holder-of-other").withPool("other"));
    }

    @Test
    void theOldestIsServedAndTheOthersAreNotEvenAsked() {
        await(ipv4("young"), 30);
        await(ipv4("old"), 10);
        await(ipv4("middle"), 20);

        assertThat(wake(allocator.release(key("holder")))).containsExactly("old");
        assertThat(waiting.all()).containsExactly(key("middle"), key("young"));
    }

    @Test
    void whoWantsOrHoldsACertainAddressComesBeforeTheOldest() {
        await(ipv4("old"), 10);
        await(ipv4("wants").withWanted(addresses("10.0.0.0")), 30);

        assertThat(wake(allocator.release(key("holder")))).containsExactly("wants");
    }

    @Test
    void onlyThePoolThatGainedRoomWakesAnybody() {
        await(ipv4("waits-for-lan").withPool("lan"), 10);

        assertThat(wake(allocator.release(key("holder-of-other")))).isEmpty();
    }

    @Test
    void anAddressThatBecomesShareableServesAsManyAsFit() {
        await(ipv4("web").withSharing(shared("k", 80)), 10);
        await(ipv4("alone"), 20);
        await(ipv4("dns").withSharing(shared("k", 53)), 30);
        await(ipv4("other-key").withSharing(shared("l", 99)), 40);

        assertThat(wake(allocator.release(key("holder")))).containsExactly("web", "dns");
    }

    @Test
    void whoIsRefusedForGoodWaitsForThePoolsToChange() {
        await(ipv4("a").withPool("absent"), 10);

        assertThat(wake(allocator.release(key("holder")))).isEmpty();
        assertThat(waiting.all()).containsExactly(key("a"));
    }

    @Test
    void whoIsServedWaitsNoMore() {
        await(ipv4("a"), 10);
        wake(allocator.release(key("holder")));

        assertThat(waiting.size()).isZero();
    }

    private void await(AddressRequest request, long created) {
        Decision decision = give(allocator, request);
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        requests.add(request);
        waiting.note(request, Instant.ofEpochSecond(created), decision);
    }

    private final List<AddressRequest> requests = new ArrayList<>();

    /// The Services that got something, in order.
    private List<String> wake(Set<Room> gained) {
        List<String> served = new ArrayList<>();
        waiting.wake(
                gained,
                allocator::hasRoom,
                service -> {
                    AddressRequest request =
                            requests.stream()
                                    .filter(r -> r.service().equals(service))
                                    .findFirst()
                                    .orElseThrow();
                    Decision decision = allocator.decide(request);
                    Set<Room> more = allocator.commit(decision);
                    waiting.note(request, Instant.EPOCH, decision);
                    if (decision instanceof Decision.Assigned) {
                        served.add(service.name());
                        served.addAll(wake(more));
                    }
                });
        return served;
    }
}
