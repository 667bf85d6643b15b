package dev.twinstack.allocation;

import static dev.twinstack.allocation.TestRequests.addresses;
import static dev.twinstack.allocation.TestRequests.allocator;
import static dev.twinstack.allocation.TestRequests.give;
import static dev.twinstack.allocation.TestRequests.ipv4;
import static dev.twinstack.allocation.TestRequests.key;
import static dev.twinstack.allocation.TestRequests.pool;
import static dev.twinstack.allocation.TestRequests.prefersBoth;
import static dev.twinstack.allocation.TestRequests.shared;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.IpFamily;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final Instant KEEP_UNTIL = Instant.parse("2026-01-02T00:00:00Z");
    private static final Instant REUSABLE = KEEP_UNTIL.plusSeconds(600);
    private static final Room ROOM = new Room.Whole("lan", IpFamily.IPV4);

    private final Allocator allocator = allocator(pool("lan", "10.0.0.0/30", "2001:db8::/64"));

    @Test
    void aServiceOfTheSameNameGetsItsAddressesBackAndNobodyElseGetsThem() {
        give(allocator, prefersBoth("web"));

        assertThat(delete("web")).isEmpty();

        assertThat(give(allocator, ipv4("other")).addresses()).isEqualTo(addresses("10.0.0.1"));
        assertThat(reason(ipv4("wants").withWanted(addresses("10.0.0.0"))).text())
                .isEqualTo("address 10.0.0.0 is kept for demo/web until 2026-01-02T00:10:00Z");
        assertThat(give(allocator, prefersBoth("web")).addresses())
                .isEqualTo(addresses("10.0.0.0", "2001:db8::"));
        assertThat(allocator.retained()).isEmpty();
    }

    @Test
    void whatIsKeptDoesNotStandAgainstWhatTheServiceAsksForNow() {
        give(allocator, ipv4("web"));
        delete("web");

        assertThat(give(allocator, ipv4("web").withWanted(addresses("10.0.0.3"))).addresses())
                .isEqualTo(addresses("10.0.0.3"));
        assertThat(give(allocator, ipv4("b")).addresses()).isEqualTo(addresses("10.0.0.1"));
    }

    @Test
    void afterTheTimeToKeepItIsNobodysUntilItMayBeReused() {
        give(allocator, ipv4("web"));
        delete("web");

        assertThat(allocator.expire(KEEP_UNTIL)).isEmpty();
        assertThat(allocator.retained().getFirst().cooling()).isTrue();
        assertThat(allocator.decide(ipv4("web")).addresses()).isEqualTo(addresses("10.0.0.1"));
        assertThat(reason(ipv4("b").withWanted(addresses("10.0.0.0"))))
                .isInstanceOf(Refusal.RetainedFor.class);
        assertThat(allocator.usedByNamespace("lan", IpFamily.IPV4)).isEmpty();

        assertThat(allocator.expire(REUSABLE)).containsExactly(ROOM);
        assertThat(give(allocator, ipv4("b")).addresses()).isEqualTo(addresses("10.0.0.0"));
    }

    @Test
    void aFullPoolSaysWhatIsKept() {
        allocator.setPools(List.of(pool("lan", "10.0.0.0/31")));
        give(allocator, ipv4("web"));
        give(allocator, ipv4("b"));
        delete("web");

        assertThat(reason(ipv4("c")).text())
                .isEqualTo(
                        "pool lan is exhausted (0 of 2 IPv4 free; 1 held by claims or kept for"
                                + " deleted Services)");
    }

    @Test
    void whatOthersShareIsNotKeptFromThem() {
        give(allocator, ipv4("web").withSharing(shared("k", 80)));
        AddressRequest dns = ipv4("dns").withSharing(shared("k", 53));
        Decision before = give(allocator, dns);
        delete("web");

        assertThat(allocator.decide(dns.withHeld(before.addresses())).addresses())
                .isEqualTo(before.addresses());
        assertThat(allocator.retained()).isEmpty();
    }

    @Test
    void whatIsKeptCanBeGivenUp() {
        Decision before = give(allocator, ipv4("web"));
        delete("web");

        assertThat(allocator.endRetention(key("web"), before.addresses())).containsExactly(ROOM);
    }

    @Test
    void whatIsKeptOfTwoDeletionsHasTimesOfItsOwn() {
        give(allocator, ipv4("web"));
        delete("web");
        give(allocator, ipv4("web").withWanted(addresses("10.0.0.3")));
        allocator.retain(
                key("web"),
                addresses("10.0.0.3"),
                KEEP_UNTIL.plusSeconds(60),
                REUSABLE.plusSeconds(60));
        allocator.release(key("web"));

        assertThat(allocator.retained())
                .extracting(Retained::addresses)
                .containsExactly(addresses("10.0.0.3"), addresses("10.0.0.0"));
        assertThat(allocator.decide(ipv4("web")).addresses()).isEqualTo(addresses("10.0.0.3"));

        allocator.expire(REUSABLE);

        assertThat(allocator.retained().getFirst().addresses()).isEqualTo(addresses("10.0.0.3"));
    }

    @Test
    void keptAgainForAShorterTimeIsKeptAsLongAsBefore() {
        allocator.retain(key("web"), addresses("10.0.0.0"), KEEP_UNTIL, REUSABLE);
        List<Retained> before = allocator.retained();

        allocator.retain(
                key("web"),
                addresses("10.0.0.0"),
                KEEP_UNTIL.minusSeconds(60),
                REUSABLE.minusSeconds(60));

        assertThat(allocator.retained()).isEqualTo(before);
    }

    @Test
    void whatMayNotBeKeptProlongsNothing() {
        allocator.retain(key("web"), addresses("10.0.0.0"), KEEP_UNTIL, REUSABLE);
        allocator.expire(KEEP_UNTIL);
        List<Retained> before = allocator.retained();
        give(allocator, ipv4("other").withWanted(addresses("10.0.0.1")));

        allocator.retain(
                key("web"),
                addresses("10.0.0.1"),
                KEEP_UNTIL.plusSeconds(60),
                REUSABLE.plusSeconds(60));

        assertThat(allocator.retained()).isEqualTo(before);
    }

    @Test
    void aServiceThatHasAnAddressAtARestartIsStrongerThanWhatIsKept() {
        allocator.retain(key("gone"), addresses("10.0.0.0"), KEEP_UNTIL, REUSABLE);

        assertThat(allocator.adopt(key("web"), addresses("10.0.0.0"), Sharing.NONE))
                .isEqualTo(addresses("10.0.0.0"));
        assertThat(allocator.retained()).isEmpty();
    }

    private Set<Room> delete(String name) {
        ServiceKey service = key(name);
        allocator.retain(service, allocator.holding(service).addresses(), KEEP_UNTIL, REUSABLE);
        return allocator.release(service);
    }

    private Refusal reason(AddressRequest request) {
        return ((Decision.Refused) allocator.decide(request)).reason();
    }
}
