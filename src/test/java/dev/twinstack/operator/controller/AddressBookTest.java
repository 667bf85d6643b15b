package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.Decision;
import dev.twinstack.allocation.FamilyPolicy;
import dev.twinstack.allocation.Pairing;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.PoolPolicy;
import dev.twinstack.allocation.PortKey;
import dev.twinstack.allocation.Retention;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.allocation.Sharing;
import dev.twinstack.allocation.WhenFull;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpRange;
import dev.twinstack.operator.controller.AddressBook.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddressBookTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration RESERVATION = Duration.ofSeconds(10);
    private static final Pool TWO = pool("lan", "192.0.2.1", "192.0.2.2");
    private static final PoolPolicy COOLING =
            new PoolPolicy(
                    List.of(),
                    WhenFull.WAIT,
                    List.of(),
                    new Retention(Duration.ZERO, Duration.ofHours(1)),
                    false,
                    Pairing.NONE,
                    Optional.empty());
    private static final IpAddress FIRST = IpAddress.parse("192.0.2.1");
    private static final IpAddress SECOND = IpAddress.parse("192.0.2.2");

    private Instant now = START;
    private final List<ServiceKey> woken = new ArrayList<>();
    private final AddressBook book =
            new AddressBook(() -> now, RESERVATION, woken::add, claim -> {});

    @BeforeEach
    void begin() {
        book.rehome(List.of(TWO), List.of(), List.of(), List.of());
    }

    @Test
    void aDryRunKeepsNothing() {
        // Given
        book.decide(request("a"));

        // When
        Decision other = book.reserve(request("b"));

        // Then
        assertThat(other.addresses()).containsExactly(FIRST);
    }

    @Test
    void whatWasAnsweredIsKeptUntilItIsConfirmed() {
        // Given a Service that was admitted
        book.reserve(request("a"));

        // When another one is admitted, and both are stored in the other order
        book.reserve(request("b"));
        Decision b = book.confirm(request("b"), now);
        Decision a = book.confirm(request("a"), now);

        // Then both have what was answered
        assertThat(a.addresses()).containsExactly(FIRST);
        assertThat(b.addresses()).containsExactly(SECOND);
    }

    @Test
    void anAnswerThatNobodyTookUpGoesToWhoWaits() {
        // Given a full pool, one address of it only reserved, and a Service that waits
        book.confirm(request("a"), now);
        book.reserve(request("never-stored"));
        book.confirm(request("waits"), now);

        // When the reservation's time is over
        now = now.plus(RESERVATION);
        book.expire();

        // Then the Service that waits is told, and nobody else can have the address
        assertThat(woken).containsExactly(key("waits"));
        assertThat(book.decide(request("late"))).isInstanceOf(Decision.Refused.class);
        assertThat(book.confirm(request("waits"), now).addresses()).containsExactly(SECOND);
    }

    @Test
    void whoHasWaitedLongestIsServedFirst() {
        // Given a full pool and two that wait, the older one asked last
        book.confirm(request("a"), now);
        book.confirm(request("b"), now);
        book.confirm(request("young"), now.plusSeconds(9));
        book.confirm(request("old"), now.plusSeconds(3));

        // When an address comes free
        book.release(key("a"));

        // Then only the older one is woken, and gets it
        assertThat(woken).containsExactly(key("old"));
        assertThat(book.confirm(request("old"), now).addresses()).containsExactly(FIRST);
    }

    @Test
    void whoCanShareWithOneThatIsServedIsServedToo() {
        // Given a full pool, and two that wait and may share an address
        book.confirm(request("a"), now);
        book.confirm(request("b"), now);
        book.confirm(sharing("web", 80), now);
        book.confirm(sharing("dns", 53), now.plusSeconds(1));

        // When one address comes free
        book.release(key("a"));

        // Then both are told, and have it
        assertThat(woken).containsExactly(key("web"), key("dns"));
        assertThat(book.confirm(sharing("web", 80), now).addresses()).containsExactly(FIRST);
        assertThat(book.confirm(sharing("dns", 53), now).addresses()).containsExactly(FIRST);
    }

    @Test
    void whatCameFreeForOneThatIsDeletedIsFreeAtOnce() {
        // Given a full pool, and one that waited and has been served, but not looked at yet
        book.confirm(request("a"), now);
        book.confirm(request("b"), now);
        book.confirm(request("waits"), now);
        book.release(key("a"));

        // When it is deleted
        book.deleted(key("waits"));

        // Then a later one has the address
        assertThat(book.confirm(request("late"), now).addresses()).containsExactly(FIRST);
    }

    @Test
    void aStaleServiceKeepsWhatTheBookSays() {
        // Given a Service that has got its address
        book.confirm(request("a"), now);

        // When it is looked at again from a cache that does not show it yet
        Decision again = book.confirm(request("a"), now);

        // Then it is not given a second one
        assertThat(again.addresses()).containsExactly(FIRST);
        assertThat(book.usage().getFirst().ipv4().assigned()).isEqualTo(1);
    }

    @Test
    void aNewServiceOfTheNameOfADeletedOneKeepsItsAnswer() {
        // Given a Service that is deleted and created again before the deletion is seen
        book.confirm(request("a"), now);
        book.confirm(request("b"), now);
        Decision answered = book.reserve(request("a"));

        // When the deletion is seen
        book.release(key("a"));

        // Then the answer still holds
        assertThat(book.decide(request("other"))).isInstanceOf(Decision.Refused.class);
        assertThat(book.confirm(request("a"), now).addresses()).isEqualTo(answered.addresses());
    }

    @Test
    void afterARestartStatusComesFirstThenAge() {
        // Given three Services, of which the youngest holds an address
        AddressBook restarted = new AddressBook(() -> now, RESERVATION, woken::add, claim -> {});

        // When a controller begins with them
        restarted.rehome(
                List.of(TWO),
                List.of(found("young", 9, FIRST), found("middle", 5), found("old", 1)),
                List.of(),
                List.of());

        // Then it keeps it, and of the others the oldest is served, whoever is looked at first
        assertThat(restarted.confirm(request("middle"), now)).isInstanceOf(Decision.Refused.class);
        assertThat(restarted.confirm(request("old"), now).addresses()).containsExactly(SECOND);
        assertThat(restarted.confirm(request("young").withHeld(List.of(FIRST)), now).addresses())
                .containsExactly(FIRST);
    }

    @Test
    void aNewPoolWakesThoseWhoWaitAndNobodyElse() {
        // Given
        book.confirm(request("a"), now);
        book.confirm(request("b"), now);
        book.confirm(request("waits"), now);

        // When
        book.setPools(List.of(TWO, pool("more", "198.51.100.1", "198.51.100.9")));

        // Then
        assertThat(woken).containsExactly(key("waits"));
        assertThat(book.confirm(request("waits"), now).pool()).isEqualTo("more");
    }

    @Test
    void aServiceWhosePoolIsGoneIsToldToMove() {
        // Given
        book.confirm(request("a"), now);

        // When
        book.setPools(List.of(pool("other", "198.51.100.1", "198.51.100.9")));

        // Then it moves, and the Event can say why
        assertThat(woken).containsExactly(key("a"));
        Decision moved = book.confirm(request("a").withHeld(List.of(FIRST)), now);
        assertThat(moved.pool()).isEqualTo("other");
        assertThat(moved.cleared()).isPresent();
    }

    @Test
    void theSecondFamilyComesWhenThePoolGetsIt() {
        // Given a Service that prefers two families, in a pool with one
        AddressRequest both =
                AddressRequest.of(
                        key("dual"), FamilyPolicy.PREFER_DUAL_STACK, IpFamily.IPV4, IpFamily.IPV6);
        book.confirm(both, now);

        // When the pool gets the other
        IpRange v6 = new IpRange(IpAddress.parse("2001:db8::1"), IpAddress.parse("2001:db8::9"));
        book.setPools(List.of(Pool.open("lan", TWO.ranges().getFirst(), v6)));

        // Then the Service is woken and has both
        assertThat(woken).containsExactly(key("dual"));
        assertThat(book.confirm(both.withHeld(List.of(FIRST)), now).addresses()).hasSize(2);
    }

    private static Found found(String name, int created, IpAddress... held) {
        return new Found(
                key(name),
                START.plusSeconds(created),
                List.of(held),
                Optional.of(request(name).withHeld(List.of(held))));
    }

    private static AddressRequest request(String name) {
        return AddressRequest.of(key(name), FamilyPolicy.SINGLE_STACK, IpFamily.IPV4);
    }

    private static AddressRequest sharing(String name, int port) {
        return request(name).withSharing(new Sharing("k", Set.of(new PortKey("TCP", port)), ""));
    }

    private static ServiceKey key(String name) {
        return new ServiceKey("default", name);
    }

    @Test
    void whatIsKeptOfBeforeStaysBesideWhatAServiceHasNow() {
        // Given addresses that nobody gets for an hour, and a Service that had one and has another
        Pool open = pool("lan", "192.0.2.1", "192.0.2.2");
        Retirement.Kept before =
                new Retirement.Kept(
                        new ServiceKey("ns", "a"),
                        List.of(FIRST),
                        Optional.of(
                                new Retirement.Times(
                                        START.minusSeconds(1), START.plusSeconds(3600))));
        Retirement.Kept now =
                new Retirement.Kept(before.service(), List.of(SECOND), Optional.empty());
        book.rehome(
                List.of(open.withPolicy(COOLING)),
                List.of(new Found(now.service(), START, List.of(SECOND), Optional.empty())),
                List.of(),
                List.of(before));

        // When a claim for something else has gone
        book.endRetention(now.service(), List.of(SECOND));

        // Then
        assertThat(book.kept()).containsExactly(now, before);
    }

    private static Pool pool(String name, String first, String last) {
        return Pool.open(name, new IpRange(IpAddress.parse(first), IpAddress.parse(last)));
    }
}
