package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.ClaimDecision;
import dev.twinstack.allocation.ClaimKey;
import dev.twinstack.allocation.ClaimRequest;
import dev.twinstack.allocation.Decision;
import dev.twinstack.allocation.FamilyPolicy;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.crd.AddressClaimSpec;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpRange;
import dev.twinstack.operator.ServiceEvent;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who is looked at again when claims and the Services on them change.
class ClaimsInBookTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration RESERVATION = Duration.ofSeconds(10);
    private static final Pool LAN = pool("lan", "192.0.2.1", "192.0.2.2");
    private static final ClaimKey CLAIM = new ClaimKey("default", "front");
    private static final ClaimRequest ASKS = ClaimRequest.of(CLAIM, IpFamily.IPV4);

    private Instant now = START;
    private final List<ServiceKey> woken = new ArrayList<>();
    private final List<ClaimKey> wokenClaims = new ArrayList<>();
    private final AddressBook book =
            new AddressBook(() -> now, RESERVATION, woken::add, wokenClaims::add);

    @BeforeEach
    void begin() {
        book.rehome(List.of(LAN), List.of(), List.of(), List.of());
    }

    @Test
    void aClaimInUseComesToRest() {
        // Given a claim and a Service on it
        book.confirm(ASKS);
        book.confirm(user("web"), now);
        forgetWoken();

        // When both are looked at again and again
        for (int pass = 0; pass < 5; pass++) {
            book.confirm(ASKS);
            book.confirm(user("web"), now);
        }

        // Then neither wakes anybody
        assertThat(woken).isEmpty();
        assertThat(wokenClaims).isEmpty();
    }

    @Test
    void aClaimIsWokenByWhoComesAndByWhoGoes() {
        // Given
        book.confirm(ASKS);
        forgetWoken();

        // When
        book.confirm(user("web"), now);
        List<ClaimKey> byWhoComes = List.copyOf(wokenClaims);
        forgetWoken();
        book.release(key("web"));

        // Then
        assertThat(byWhoComes).containsOnly(CLAIM);
        assertThat(wokenClaims).containsOnly(CLAIM);
    }

    @Test
    void aServiceIsWokenWhenItsClaimGetsOtherAddresses() {
        // Given
        book.confirm(ASKS);
        book.confirm(user("web"), now);
        forgetWoken();

        // When
        book.setPools(List.of(pool("other", "198.51.100.1", "198.51.100.9")));
        forgetWoken();
        assertThat(book.confirm(ASKS)).isInstanceOf(ClaimDecision.Bound.class);

        // Then
        assertThat(woken).containsExactly(key("web"));
    }

    @Test
    void aClaimThatIsBeingDeletedTakesNoMoreServices() {
        // Given a claim in use that is being deleted
        book.confirm(ASKS);
        book.confirm(user("web"), now);
        AddressClaim claim = new AddressClaim();
        claim.setMetadata(
                new ObjectMetaBuilder()
                        .withNamespace(CLAIM.namespace())
                        .withName(CLAIM.name())
                        .withFinalizers(ClaimReconciler.FINALIZER)
                        .withDeletionTimestamp(START.toString())
                        .build());

        // When
        new ClaimPass(book, namespace -> Optional.empty(), () -> now).look(claim);

        // Then
        Decision.Refused late = (Decision.Refused) book.decide(user("late"));
        assertThat(late.reason().text())
                .isEqualTo("claim default/front is being deleted and takes no more Services");
        assertThat(book.decide(user("web"))).isInstanceOf(Decision.Assigned.class);
    }

    @Test
    void aClaimThatWasBeingDeletedWhenTheTenureBeganTakesNoMoreServicesEither() {
        // Given
        book.rehome(
                List.of(LAN),
                List.of(),
                List.of(
                        new ClaimDesk.Found(
                                CLAIM,
                                List.of(IpAddress.parse("192.0.2.1")),
                                Optional.empty(),
                                true)),
                List.of());

        // When
        Decision late = book.decide(user("late"));

        // Then
        assertThat(late).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void aClaimSaysEachThingOnce() {
        // Given a claim that asks for an address which a Service has
        Decision first =
                book.confirm(
                        AddressRequest.of(key("web"), FamilyPolicy.SINGLE_STACK, IpFamily.IPV4),
                        now);
        AddressClaim claim = new AddressClaim();
        claim.setMetadata(
                new ObjectMetaBuilder()
                        .withNamespace(CLAIM.namespace())
                        .withName(CLAIM.name())
                        .withFinalizers(ClaimReconciler.FINALIZER)
                        .build());
        claim.setSpec(
                new AddressClaimSpec(
                        null,
                        List.of(first.addresses().getFirst().toString()),
                        List.of(),
                        null,
                        null));
        ClaimPass pass = new ClaimPass(book, namespace -> Optional.of(Map.of()), () -> now);

        // When it is looked at, again, and when the Service is gone
        ClaimPass.Step.WriteStatus waits = (ClaimPass.Step.WriteStatus) pass.look(claim);
        ClaimPass.Step again = pass.look(waits.edited());
        book.release(key("web"));
        ClaimPass.Step.WriteStatus bound = (ClaimPass.Step.WriteStatus) pass.look(waits.edited());

        // Then
        assertThat(waits.events()).extracting(ServiceEvent::reason).containsExactly("Waiting");
        assertThat(again).isEqualTo(new ClaimPass.Step.Nothing());
        assertThat(bound.events())
                .containsExactly(
                        new ServiceEvent(
                                "Bound", ServiceEvent.Type.NORMAL, "has 192.0.2.1 from pool lan"));
    }

    @Test
    void aChangeOfPoolsWakesTheClaimsThatItIsSomethingTo() {
        // Given a claim that has its address, and one that waits
        ClaimKey waits = new ClaimKey("default", "waits");
        book.confirm(ASKS);
        book.confirm(ClaimRequest.of(waits, IpFamily.IPV6));
        forgetWoken();

        // When a pool comes, and when the claim's own pool goes
        Pool more = pool("more", "198.51.100.1", "198.51.100.9");
        book.setPools(List.of(LAN, more));
        List<ClaimKey> byNewPool = List.copyOf(wokenClaims);
        forgetWoken();
        book.setPools(List.of(more));

        // Then
        assertThat(byNewPool).containsExactly(waits);
        assertThat(wokenClaims).containsExactlyInAnyOrder(waits, CLAIM);
    }

    @Test
    void aClaimIsWokenWhenTheLastReservationOnItEnds() {
        // Given a claim, and a Service that was admitted to it and never stored
        book.confirm(ASKS);
        book.reserve(user("never-stored"));
        book.leave(CLAIM);
        forgetWoken();

        // When the reservation's time is over
        now = now.plus(RESERVATION);
        book.expire();

        // Then the claim may go
        assertThat(book.usersOf(CLAIM)).isEmpty();
        assertThat(wokenClaims).containsExactly(CLAIM);
    }

    private void forgetWoken() {
        woken.clear();
        wokenClaims.clear();
    }

    private static AddressRequest user(String name) {
        return AddressRequest.of(key(name), FamilyPolicy.SINGLE_STACK, IpFamily.IPV4)
                .withClaim(CLAIM);
    }

    private static ServiceKey key(String name) {
        return new ServiceKey("default", name);
    }

    private static Pool pool(String name, String first, String last) {
        return Pool.open(name, new IpRange(IpAddress.parse(first), IpAddress.parse(last)));
    }
}
