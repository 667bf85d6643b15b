package dev.twinstack.allocation;

import static dev.twinstack.allocation.TestRequests.addresses;
import static dev.twinstack.allocation.TestRequests.allocator;
import static dev.twinstack.allocation.TestRequests.give;
import static dev.twinstack.allocation.TestRequests.ipv4;
import static dev.twinstack.allocation.TestRequests.key;
import static dev.twinstack.allocation.TestRequests.needsBoth;
import static dev.twinstack.allocation.TestRequests.pool;
import static dev.twinstack.allocation.TestRequests.prefersBoth;
import static dev.twinstack.allocation.TestRequests.shared;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClaimTest {

    private static final ClaimKey CLAIM = new ClaimKey("demo", "front");

    private final Allocator allocator = allocator(pool("lan", "10.0.0.0/29", "2001:db8::/64"));

    @Test
    void aClaimHoldsAddressesWithoutAnyService() {
        assertThat(bind(ClaimRequest.of(CLAIM))).isEqualTo(addresses("10.0.0.0", "2001:db8::"));

        assertThat(give(allocator, ipv4("a")).addresses()).isEqualTo(addresses("10.0.0.1"));
        assertThat(reason(ipv4("b").withWanted(addresses("10.0.0.0"))).text())
                .isEqualTo("address 10.0.0.0 is held by claim demo/front");
        assertThat(allocator.usage("lan").orElseThrow().ipv4())
                .isEqualTo(new PoolUsage.Family(8, 1, 0, 1));
        // When it goes
        assertThat(allocator.release(CLAIM)).contains(new Room.Whole("lan", IpFamily.IPV4));
        assertThat(give(allocator, ipv4("b")).addresses()).isEqualTo(addresses("10.0.0.0"));
    }

    @Test
    void aServiceThatNamesTheClaimGetsItsAddressesAndLeavesThemToIt() {
        bind(ClaimRequest.of(CLAIM));
        AddressRequest request = prefersBoth("web").withClaim(CLAIM);

        Decision decision = give(allocator, request);

        assertThat(decision.addresses()).isEqualTo(addresses("10.0.0.0", "2001:db8::"));
        assertThat(allocator.decide(request.withHeld(decision.addresses())).addresses())
                .isEqualTo(decision.addresses());
        assertThat(allocator.users(CLAIM)).containsExactly(key("web"));
        assertThat(allocator.release(key("web"))).containsExactly(new Room.OfClaim(CLAIM));
        assertThat(give(allocator, ipv4("other")).addresses()).isEqualTo(addresses("10.0.0.1"));
    }

    @Test
    void servicesOfOneClaimShareUnderTheRulesOfAll() {
        bind(ClaimRequest.of(CLAIM, IpFamily.IPV4));
        give(allocator, ipv4("web").withClaim(CLAIM).withSharing(shared("k", 80)));

        assertThat(
                        give(allocator, ipv4("dns").withClaim(CLAIM).withSharing(shared("k", 53)))
                                .addresses())
                .isEqualTo(addresses("10.0.0.0"));
        AddressRequest clashing = ipv4("web-2").withClaim(CLAIM).withSharing(shared("k", 80));
        assertThat(reason(clashing).text())
                .isEqualTo("address 10.0.0.0 is taken: port TCP/80 is used by demo/web");
        assertThat(allocator.decide(clashing).waitsFor()).contains(new Room.OfClaim(CLAIM));
        // Who does not name the claim does not share with them
        assertThat(give(allocator, ipv4("smtp").withSharing(shared("k", 25))).addresses())
                .isEqualTo(addresses("10.0.0.1"));
    }

    @Test
    void aClaimForAServiceIsUsedWithoutBeingNamedAndByNobodyElse() {
        bind(reservedFor(key("web"), addresses("10.0.0.5")));

        assertThat(give(allocator, ipv4("web")).addresses()).isEqualTo(addresses("10.0.0.5"));
        assertThat(reason(ipv4("other").withClaim(CLAIM)).text())
                .isEqualTo("claim demo/front is reserved for Service demo/web");
        // A Service that asks for something else than its claim has gets that
        Decision elsewhere =
                give(
                        allocator,
                        ipv4("web")
                                .withHeld(addresses("10.0.0.5"))
                                .withWanted(addresses("10.0.0.6")));
        assertThat(elsewhere.addresses()).isEqualTo(addresses("10.0.0.6"));
    }

    @Test
    void aClaimForAServiceTakesOverWhatTheServiceHas() {
        give(allocator, ipv4("first"));
        give(allocator, prefersBoth("web"));

        assertThat(bind(reservedFor(key("web"), List.of())))
                .isEqualTo(addresses("10.0.0.1", "2001:db8::"));
        assertThat(allocator.release(key("web"))).containsExactly(new Room.OfClaim(CLAIM));
    }

    @Test
    void aServiceWaitsForItsClaim() {
        AddressRequest request = ipv4("web").withClaim(CLAIM);

        Decision refused = give(allocator, request);

        assertThat(((Decision.Refused) refused).reason())
                .isEqualTo(new Refusal.ClaimNotBound(CLAIM));
        Room room = new Room.OfClaim(CLAIM);
        assertThat(refused.waitsFor()).containsExactly(room);
        assertThat(allocator.hasRoom(room)).isFalse();
        assertThat(allocator.commit(allocator.decide(ClaimRequest.of(CLAIM)))).contains(room);
        assertThat(allocator.hasRoom(room)).isTrue();
        assertThat(give(allocator, request).addresses()).isEqualTo(addresses("10.0.0.0"));
    }

    @Test
    void aClaimThatDoesNotFitTheService() {
        bind(ClaimRequest.of(CLAIM, IpFamily.IPV4));

        assertThat(reason(needsBoth("a").withClaim(CLAIM)).text())
                .isEqualTo("claim demo/front has no IPv6 address");
        Decision.Assigned half =
                (Decision.Assigned) allocator.decide(prefersBoth("a").withClaim(CLAIM));
        assertThat(half.addresses()).isEqualTo(addresses("10.0.0.0"));
        assertThat(half.missing()).isPresent();
        assertThat(reason(ipv4("a").withClaim(CLAIM).withWanted(addresses("10.0.0.1"))).text())
                .isEqualTo(
                        "claim demo/front does not hold the addresses that the Service asks for");
        assertThat(reason(ipv4("a").withClaim(CLAIM).withPool("wan")).text())
                .isEqualTo(
                        "claim demo/front has addresses of pool lan, but the Service names pool"
                                + " wan");
        assertThat(reason(ipv4("a").withClaim(new ClaimKey("else", "c"))))
                .isInstanceOf(Refusal.ClaimNotBound.class);
    }

    @Test
    void aClaimThatIsBeingDeletedKeepsItsServicesAndTakesNoMore() {
        // Given a claim with a user, and one that was admitted to it
        bind(named("10.0.0.2", "10.0.0.3", "10.0.0.4"));
        give(allocator, ipv4("a").withClaim(CLAIM));
        Decision admitted = allocator.decide(ipv4("b").withClaim(CLAIM));
        allocator.reserve((Decision.Assigned) admitted, Instant.MAX);

        // When
        allocator.leave(CLAIM);

        // Then
        assertThat(allocator.decide(ipv4("a").withClaim(CLAIM)).addresses())
                .isEqualTo(addresses("10.0.0.2"));
        assertThat(allocator.decide(ipv4("b").withClaim(CLAIM)).addresses())
                .isEqualTo(admitted.addresses());
        AddressRequest late = ipv4("late").withClaim(CLAIM);
        assertThat(reason(late).text())
                .isEqualTo("claim demo/front is being deleted and takes no more Services");
        assertThat(allocator.decide(late).waitsFor()).containsExactly(new Room.OfClaim(CLAIM));
        assertThat(allocator.hasRoom(new Room.OfClaim(CLAIM))).isFalse();
    }

    @Test
    void aServiceGoesElsewhereWhenTheClaimForItIsBeingDeleted() {
        bind(reservedFor(key("web"), addresses("10.0.0.5")));

        allocator.leave(CLAIM);

        assertThat(give(allocator, ipv4("web")).addresses()).isEqualTo(addresses("10.0.0.0"));
    }

    @Test
    void aNewClaimOfTheNameTakesServicesAgain() {
        bind(ClaimRequest.of(CLAIM, IpFamily.IPV4));
        allocator.leave(CLAIM);
        allocator.release(CLAIM);

        bind(ClaimRequest.of(CLAIM, IpFamily.IPV4));

        assertThat(give(allocator, ipv4("a").withClaim(CLAIM)).addresses())
                .isEqualTo(addresses("10.0.0.0"));
    }

    @Test
    void aClaimMayNameSeveralAddressesAndServicesTakeOneEach() {
        bind(named("10.0.0.2", "10.0.0.3"));

        assertThat(give(allocator, ipv4("a").withClaim(CLAIM)).addresses())
                .isEqualTo(addresses("10.0.0.2"));
        assertThat(give(allocator, ipv4("b").withClaim(CLAIM)).addresses())
                .isEqualTo(addresses("10.0.0.3"));
        assertThat(reason(ipv4("c").withClaim(CLAIM))).isInstanceOf(Refusal.AddressTaken.class);
    }

    @Test
    void aClaimDoesNotTakeAnAddressFromAService() {
        give(allocator, ipv4("web"));

        ClaimDecision.Refused refused = (ClaimDecision.Refused) allocator.decide(named("10.0.0.0"));

        assertThat(refused.reason().text())
                .isEqualTo("address 10.0.0.0 is taken: it belongs to demo/web");
        assertThat(refused.waitsFor()).containsExactly(new Room.Whole("lan", IpFamily.IPV4));
    }

    @Test
    void aRefusedClaimKeepsWhatItHas() {
        bind(ClaimRequest.of(CLAIM, IpFamily.IPV4));
        allocator.commit(allocator.decide(named("10.9.9.9")));

        assertThat(allocator.claimOf(IpAddress.parse("10.0.0.0"))).contains(CLAIM);
    }

    @Test
    void aRestartFindsClaimsBeforeServices() {
        // Given
        Allocator next = allocator(pool("lan", "10.0.0.0/29", "2001:db8::/64"));
        // When
        next.adopt(CLAIM, addresses("10.0.0.0"), Optional.empty());
        List<IpAddress> mine = next.adopt(key("web"), addresses("10.0.0.0"), Sharing.NONE);
        List<IpAddress> foreign =
                next.adopt(new ServiceKey("x", "y"), addresses("10.0.0.0"), shared("k", 1));
        // Then
        assertThat(mine).isEqualTo(addresses("10.0.0.0"));
        assertThat(foreign).isEmpty();
        assertThat(next.claims())
                .isEqualTo(
                        Map.of(
                                CLAIM,
                                new ClaimHolding("lan", addresses("10.0.0.0"), Optional.empty())));
    }

    @Test
    void aClaimWhosePoolShrinksGetsAnotherAddressAndItsServicesFollow() {
        AddressRequest request = ipv4("web").withClaim(CLAIM);
        bind(ClaimRequest.of(CLAIM, IpFamily.IPV4));
        Decision before = give(allocator, request);
        // When
        PoolsDiff diff = allocator.setPools(List.of(pool("lan", "10.0.0.4/30")));
        // Then
        assertThat(diff.claims()).containsExactly(CLAIM);
        bind(ClaimRequest.of(CLAIM, IpFamily.IPV4));
        assertThat(give(allocator, request.withHeld(before.addresses())).addresses())
                .isEqualTo(addresses("10.0.0.4"));
    }

    @Test
    void aClaimCountsInTheQuotaWithAllItsAddresses() {
        Quota three =
                new Quota(Set.of("demo"), List.of(), OptionalLong.of(3), OptionalLong.empty());
        allocator.setPools(
                List.of(
                        pool("lan", "10.0.0.0/29")
                                .withPolicy(TestRequests.policy(List.of(), List.of(three)))));
        bind(named("10.0.0.2", "10.0.0.3"));
        give(allocator, ipv4("a"));

        assertThat(reason(ipv4("b"))).isInstanceOf(Refusal.QuotaExceeded.class);
        assertThat(give(allocator, ipv4("b").withClaim(CLAIM)).addresses())
                .isEqualTo(addresses("10.0.0.2"));
        ClaimRequest more =
                new ClaimRequest(
                        new ClaimKey("demo", "more"),
                        Map.of(),
                        Optional.empty(),
                        addresses("10.0.0.6", "10.0.0.7"),
                        List.of(),
                        List.of(),
                        Optional.empty());
        assertThat(((ClaimDecision.Refused) allocator.decide(more)).reason())
                .isInstanceOf(Refusal.QuotaExceeded.class);
    }

    private List<IpAddress> bind(ClaimRequest request) {
        ClaimDecision.Bound bound = (ClaimDecision.Bound) allocator.decide(request);
        allocator.commit(bound);
        assertThat(allocator.decide(request)).isEqualTo(bound);
        return bound.addresses();
    }

    private Refusal reason(AddressRequest request) {
        return ((Decision.Refused) allocator.decide(request)).reason();
    }

    private static ClaimRequest named(String... texts) {
        return request(addresses(texts), Optional.empty());
    }

    private static ClaimRequest reservedFor(ServiceKey service, List<IpAddress> addresses) {
        return request(addresses, Optional.of(service));
    }

    private static ClaimRequest request(
            List<IpAddress> addresses, Optional<ServiceKey> reservedFor) {
        return new ClaimRequest(
                CLAIM, Map.of(), Optional.empty(), addresses, List.of(), List.of(), reservedFor);
    }
}
