package dev.twinstack.allocation;

import static dev.twinstack.allocation.TestRequests.addresses;
import static dev.twinstack.allocation.TestRequests.allocator;
import static dev.twinstack.allocation.TestRequests.give;
import static dev.twinstack.allocation.TestRequests.ipv4;
import static dev.twinstack.allocation.TestRequests.key;
import static dev.twinstack.allocation.TestRequests.needsBoth;
import static dev.twinstack.allocation.TestRequests.pool;
import static dev.twinstack.allocation.TestRequests.prefersBoth;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final Pool OLD = pool("old", "10.0.0.0/30", "2001:db8::/64");
    private static final Pool NEW = pool("new", "10.1.0.0/30", "2001:db8:1::/64");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = START.plus(OVERLAP);
    private static final DrainStep BEGIN = new DrainStep.Begin(START, Sharing.NONE);

    private final Allocator allocator = allocator(OLD);

    @Test
    void aDrainingPoolGivesNothingNewAndTakesNothingAway() {
        Decision before = give(allocator, ipv4("web"));
        // When
        PoolsDiff diff = drain(OVERLAP, NEW);
        // Then
        assertThat(diff.recheck()).containsExactly(key("web"));
        Decision.Assigned after = decide(ipv4("web").withHeld(before.addresses()));
        assertThat(after.addresses()).isEqualTo(before.addresses());
        assertThat(after.move()).contains(new DrainMove.Waiting("old", "new"));
        assertThat(give(allocator, ipv4("other")).pool()).isEqualTo("new");
        Refusal named = reason(ipv4("third").withPool("old"));
        assertThat(named.text())
                .isEqualTo(
                        "pool old is draining and gives no new addresses (pool new replaces it)");
        assertThat(reason(ipv4("third").withWanted(addresses("10.0.0.3")))).isEqualTo(named);
    }

    @Test
    void aServiceHasOldAndNewAddressesDuringTheOverlapAndThenTheNewOnes() {
        AddressRequest request = needsBoth("web");
        List<IpAddress> old = give(allocator, request).addresses();
        List<IpAddress> next = addresses("10.1.0.0", "2001:db8:1::");
        drain(OVERLAP, NEW);

        // When its turn comes
        Decision.Assigned begun = step(request.withHeld(old), BEGIN);
        // Then
        List<IpAddress> both = addresses("10.0.0.0", "2001:db8::", "10.1.0.0", "2001:db8:1::");
        DrainMove move = new DrainMove.Overlapping("old", "new", old, next, LATER);
        assertThat(begun.addresses()).isEqualTo(both);
        assertThat(begun.pool()).isEqualTo("new");
        assertThat(begun.added()).isEqualTo(next);
        assertThat(begun.move()).contains(move);
        // And another look changes nothing
        Decision.Assigned again = step(request.withHeld(both), new DrainStep.Overlap(old, LATER));
        assertThat(again.addresses()).isEqualTo(both);
        assertThat(again.move()).contains(move);
        // When the overlap is over
        Decision.Assigned ended = step(request.withHeld(both), new DrainStep.End(old));
        // Then
        assertThat(ended.addresses()).isEqualTo(next);
        assertThat(ended.move()).contains(new DrainMove.Arrived("old", "new", old, next));
        assertThat(ended.cleared()).isEmpty();
        assertThat(step(request.withHeld(next), DrainStep.NONE).addresses()).isEqualTo(next);
        assertThat(allocator.usage("old").orElseThrow().assigned()).isZero();
    }

    @Test
    void withoutAnOverlapItMovesAtOnce() {
        List<IpAddress> old = give(allocator, ipv4("web")).addresses();
        drain(Duration.ZERO, NEW);

        assertThat(step(ipv4("web").withHeld(old), BEGIN).addresses())
                .isEqualTo(addresses("10.1.0.0"));
    }

    @Test
    void aRestartInTheMiddleFindsBoth() {
        Allocator next = new Allocator();
        next.setPools(List.of(draining(OVERLAP), NEW));
        List<IpAddress> both = addresses("10.0.0.0", "10.1.0.2");

        assertThat(next.adopt(key("web"), both, Sharing.NONE)).isEqualTo(both);

        AddressRequest request = ipv4("web").withHeld(both);
        DrainStep overlap = new DrainStep.Overlap(addresses("10.0.0.0"), LATER);
        assertThat(give(next, request.withDrainStep(overlap)).addresses()).isEqualTo(both);
        // Also when nobody knows any more that it was on its way
        assertThat(give(next, request).addresses()).isEqualTo(addresses("10.1.0.2"));
    }

    @Test
    void whoCantMoveStaysAndSaysWhy() {
        List<IpAddress> web = give(allocator, ipv4("web")).addresses();
        List<IpAddress> named =
                give(allocator, ipv4("named").withWanted(addresses("10.0.0.2"))).addresses();
        List<IpAddress> pinned = give(allocator, ipv4("pinned").withPool("old")).addresses();
        List<IpAddress> both = give(allocator, prefersBoth("both")).addresses();

        drain(OVERLAP);
        assertStuck(
                ipv4("web").withHeld(web),
                "the Service stays in draining pool old: pool new does not exist (there is: old)");
        drain(OVERLAP, pool("new", "10.1.0.0/32"));
        give(allocator, ipv4("first"));
        Decision.Assigned full =
                assertStuck(
                        ipv4("web").withHeld(web),
                        "the Service stays in draining pool old: pool new is exhausted (0 of 1"
                                + " IPv4 free)");
        assertThat(full.waitsFor()).containsExactly(new Room.Whole("new", IpFamily.IPV4));
        allocator.release(key("first"));
        assertStuck(
                ipv4("named").withHeld(named).withWanted(named),
                "the Service stays in draining pool old: the Service asks for addresses of it, and"
                        + " so can't leave pool old");
        assertStuck(
                ipv4("pinned").withHeld(pinned).withPool("old"),
                "the Service stays in draining pool old: the Service names the pool, and so can't"
                        + " leave pool old");
        assertStuck(
                prefersBoth("both").withHeld(both),
                "the Service stays in draining pool old: pool new has no IPv6 addresses");
    }

    @Test
    void aMoveThatLosesItsNewAddressesBeginsAnew() {
        List<IpAddress> old = give(allocator, ipv4("web")).addresses();
        drain(OVERLAP, NEW);
        List<IpAddress> both = step(ipv4("web").withHeld(old), BEGIN).addresses();
        // When
        drain(OVERLAP, pool("new", "10.2.0.0/30"));
        // Then
        Decision.Assigned stays =
                step(ipv4("web").withHeld(both), new DrainStep.Overlap(old, LATER));
        assertThat(stays.addresses()).isEqualTo(old);
        assertThat(stays.move()).contains(new DrainMove.Waiting("old", "new"));
    }

    private Decision.Assigned assertStuck(AddressRequest request, String text) {
        Decision.Assigned decision = decide(request.withDrainStep(BEGIN));
        assertThat(decision.addresses()).isEqualTo(request.held());
        assertThat(((DrainMove.Stuck) decision.move().orElseThrow()).text()).isEqualTo(text);
        assertThat(decision.isIncomplete()).isTrue();
        return decision;
    }

    private Decision.Assigned step(AddressRequest request, DrainStep step) {
        return (Decision.Assigned) give(allocator, request.withDrainStep(step));
    }

    private Decision.Assigned decide(AddressRequest request) {
        return (Decision.Assigned) allocator.decide(request);
    }

    private Refusal reason(AddressRequest request) {
        return ((Decision.Refused) allocator.decide(request)).reason();
    }

    private PoolsDiff drain(Duration overlap, Pool... others) {
        List<Pool> pools = new ArrayList<>(List.of(others));
        pools.add(draining(overlap));
        return allocator.setPools(pools);
    }

    private static Pool draining(Duration overlap) {
        PoolPolicy none = PoolPolicy.NONE;
        return OLD.withPolicy(
                new PoolPolicy(
                        none.excluded(),
                        none.whenFull(),
                        none.quotas(),
                        none.retention(),
                        none.upgradeToDualStack(),
                        none.pairing(),
                        Optional.of(new Drain("new", overlap))));
    }
}
