package dev.twinstack.allocation;

import static dev.twinstack.allocation.TestRequests.addresses;
import static dev.twinstack.allocation.TestRequests.allocator;
import static dev.twinstack.allocation.TestRequests.ipv4;
import static dev.twinstack.allocation.TestRequests.key;
import static dev.twinstack.allocation.TestRequests.pool;
import static dev.twinstack.allocation.TestRequests.shared;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrainageTest {

    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Pool OLD = pool("old", "10.0.0.0/29");
    private static final Pool NEW = pool("new", "10.1.0.0/29");

    private final Allocator allocator = allocator(OLD);
    private final Map<String, AddressRequest> stored = new HashMap<>();
    private final Map<String, Instant> created = new HashMap<>();
    private Drainage drainage = new Drainage(allocator);
    private Instant now = START;

    @Test
    void theOldestMovesFirstOneAtATime() {
        // Given
        service("young", 3, ipv4("young"));
        service("old", 1, ipv4("old"));
        service("middle", 2, ipv4("middle"));
        drain(OVERLAP, NEW);

        // When only one of them has been looked at
        look("young");
        // Then nobody goes before all have
        assertThat(drainage.due(now)).isEmpty();
        look("middle");
        look("old");
        assertThat(drainage.due(now)).containsExactly(key("old"));
        look("old");
        assertThat(held("old")).isEqualTo(addresses("10.0.0.1", "10.1.0.0"));
        assertThat(drainage.due(now)).isEmpty();
        look("middle");
        assertThat(held("middle")).isEqualTo(addresses("10.0.0.2"));
        assertThat(drainage.progress("old").remaining()).isEqualTo(3);
        assertThat(drainage.progress("old").moving()).containsExactly(key("old"));

        // When its overlap is over
        now = now.plus(OVERLAP);
        assertThat(drainage.due(now)).containsExactly(key("old"));
        look("old");
        // Then it has the new address only, and the next one goes
        assertThat(held("old")).isEqualTo(addresses("10.1.0.0"));
        assertThat(drainage.due(now)).containsExactly(key("middle"));
    }

    @Test
    void whoIsNeverLookedAtHoldsNobodyUpForEver() {
        service("web", 1, ipv4("web"));
        service("lost", 2, ipv4("lost"));
        drain(OVERLAP, NEW);
        look("web");

        assertThat(drainage.due(now)).isEmpty();
        assertThat(drainage.due(now.plusSeconds(30))).containsExactly(key("web"));
    }

    @Test
    void aMoveThatWasNotWrittenIsDoneAgain() {
        // Given a Service that was given new addresses, which could not be written
        service("web", 1, ipv4("web"));
        drain(OVERLAP, NEW);
        look("web");
        AddressRequest before = stored("web");
        look("web");
        stored.put("web", before);

        // When
        now = now.plusSeconds(5);
        Decision again = look("web");

        // Then it gets the same again
        assertThat(again.addresses()).isEqualTo(addresses("10.0.0.0", "10.1.0.0"));
        assertThat(move(again))
                .isEqualTo(
                        new DrainMove.Overlapping(
                                "old",
                                "new",
                                addresses("10.0.0.0"),
                                addresses("10.1.0.0"),
                                START.plus(OVERLAP)));
    }

    @Test
    void servicesThatShareAnAddressMoveTogetherToOneThatAllCanHave() {
        // Given an address in the new pool that only one of the two could share
        service("dns-tcp", 1, ipv4("dns-tcp").withSharing(shared("dns", 53)));
        service("dns-udp", 2, ipv4("dns-udp").withSharing(shared("dns", 54)));
        drain(OVERLAP, NEW);
        AddressRequest there = ipv4("there").withPool("new").withSharing(shared("dns", 54));
        service("there", 3, there);
        look("dns-tcp");
        look("dns-udp");

        // When
        look("dns-tcp");
        // Then the other one is called, without its turn
        assertThat(drainage.due(now)).containsExactly(key("dns-udp"));
        now = now.plusSeconds(2);
        DrainMove.Overlapping move = (DrainMove.Overlapping) move(look("dns-udp"));

        // Then both have the same, until the same time
        assertThat(held("dns-tcp")).isEqualTo(addresses("10.0.0.0", "10.1.0.1"));
        assertThat(held("dns-udp")).isEqualTo(addresses("10.0.0.0", "10.1.0.1"));
        assertThat(move.until()).isEqualTo(START.plus(OVERLAP));
    }

    @Test
    void withoutAnOverlapTheyMoveTogetherToo() {
        service("a", 1, ipv4("a").withSharing(shared("k", 1)));
        service("b", 2, ipv4("b").withSharing(shared("k", 2)));
        drain(Duration.ZERO, NEW);
        look("a");
        look("b");

        look("a");
        assertThat(drainage.due(now)).contains(key("b"));
        look("b");

        assertThat(held("a")).isEqualTo(held("b")).isEqualTo(addresses("10.1.0.0"));
    }

    @Test
    void afterARestartTheSecondOfTwoFollowsTheFirst() {
        // Given two that share, of which only one has begun to move
        service("a", 1, ipv4("a").withSharing(shared("k", 1)));
        service("b", 2, ipv4("b").withSharing(shared("k", 2)));
        drain(OVERLAP, NEW);
        look("a");
        look("b");
        look("a");

        // When a new leader looks at them
        drainage = new Drainage(allocator);
        drainage.expect(now.plusSeconds(30));
        look("b");
        look("a");

        // Then
        assertThat(drainage.due(now)).containsExactly(key("b"));
        look("b");
        assertThat(held("b")).isEqualTo(held("a"));
    }

    @Test
    void whoSharesWithOneThatCantMoveStaysToo() {
        service("free", 1, ipv4("free").withSharing(shared("k", 1)));
        service(
                "pinned",
                2,
                ipv4("pinned").withWanted(addresses("10.0.0.0")).withSharing(shared("k", 2)));
        drain(OVERLAP, NEW);
        look("free");
        look("pinned");

        Decision decision = look("free");

        assertThat(held("free")).isEqualTo(addresses("10.0.0.0"));
        assertThat(move(decision).text())
                .isEqualTo(
                        "the Service stays in draining pool old: it shares its address with"
                                + " demo/pinned, which can't move: the Service asks for addresses"
                                + " of it, and so can't leave pool old");
        assertThat(drainage.due(now)).containsExactly(key("pinned"));
        look("pinned");
        // And tries again whenever that one has been looked at
        assertThat(drainage.due(now)).containsExactly(key("free"));
        look("free");
        assertThat(drainage.due(now)).isEmpty();
        assertThat(drainage.progress("old").stuck()).containsOnlyKeys(key("free"), key("pinned"));

        // When that one asks for nothing certain any more
        stored.put("pinned", stored("pinned").withWanted(List.of()));
        look("pinned");
        // Then both go
        look("free");
        assertThat(held("free")).isEqualTo(addresses("10.0.0.0", "10.1.0.0"));
        assertThat(held("pinned")).isEqualTo(held("free"));
    }

    @Test
    void oneThatCantGoLetsOthersPassAndComesAgainWhenThereIsRoom() {
        service("first", 1, ipv4("first").withPool("old"));
        service("second", 2, ipv4("second"));
        drain(OVERLAP, NEW);
        look("first");
        look("second");

        look("first");
        assertThat(drainage.due(now)).containsExactly(key("second"));
        look("second");
        drainage.retry(key("first"));
        assertThat(drainage.due(now)).isEmpty();
        now = now.plus(OVERLAP);
        look("second");

        assertThat(drainage.due(now)).containsExactly(key("first"));
    }

    private void service(String name, int second, AddressRequest request) {
        stored.put(name, request);
        created.put(name, START.plusSeconds(second));
        look(name);
    }

    private AddressRequest stored(String name) {
        return requireNonNull(stored.get(name));
    }

    /// As the controller does: what is decided is written.
    private Decision look(String name) {
        AddressRequest request = stored(name);
        Decision decision = drainage.decide(request, now);
        allocator.commit(decision);
        drainage.note(request, requireNonNull(created.get(name)), decision);
        DrainStep step =
                decision instanceof Decision.Assigned assigned
                                && assigned.move().orElse(null)
                                        instanceof DrainMove.Overlapping moving
                        ? new DrainStep.Overlap(moving.old(), moving.until())
                        : DrainStep.NONE;
        stored.put(name, request.withHeld(decision.addresses()).withDrainStep(step));
        return decision;
    }

    private List<IpAddress> held(String name) {
        return allocator.holding(key(name)).addresses();
    }

    private static DrainMove move(Decision decision) {
        return ((Decision.Assigned) decision).move().orElseThrow();
    }

    private void drain(Duration overlap, Pool... others) {
        List<Pool> pools = new ArrayList<>(List.of(others));
        PoolPolicy none = PoolPolicy.NONE;
        pools.add(
                OLD.withPolicy(
                        new PoolPolicy(
                                none.excluded(),
                                none.whenFull(),
                                none.quotas(),
                                none.retention(),
                                none.upgradeToDualStack(),
                                none.pairing(),
                                Optional.of(new Drain("new", overlap)))));
        allocator.setPools(pools);
        drainage.expect(now.plusSeconds(30));
    }
}
