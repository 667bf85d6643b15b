package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.FamilyPolicy;
import dev.twinstack.allocation.Pairing;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.PoolPolicy;
import dev.twinstack.allocation.Retention;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.allocation.WhenFull;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpRange;
import dev.twinstack.operator.controller.Retirement.Kept;
import dev.twinstack.operator.controller.Retirement.Times;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptClaimsTest {

    private static final Instant LATER = Instant.parse("2026-01-02T00:00:00Z");
    private static final IpAddress A = IpAddress.parse("192.0.2.1");
    private static final IpAddress B = IpAddress.parse("192.0.2.2");
    private static final ServiceKey WEB = new ServiceKey("shop", "web");
    private static final ServiceKey DNS = new ServiceKey("shop", "dns");

    private static final PoolPolicy KEEPING =
            new PoolPolicy(
                    List.of(),
                    WhenFull.WAIT,
                    List.of(),
                    new Retention(Duration.ofHours(1), Duration.ofHours(1)),
                    false,
                    Pairing.NONE,
                    Optional.empty());

    private FakeClaims cluster;
    private KeptClaims kept;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeClaims();
        CachedClaims claims = new CachedClaims(FakeClaims.NAMESPACE);
        claims.use(cluster);
        kept = new KeptClaims(cluster.client(), FakeClaims.NAMESPACE, claims);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void whatADeletedServiceHadGetsItsTimes() {
        // Given
        kept.note(new Kept(WEB, List.of(A), Optional.empty()));
        cluster.look();

        // When
        kept.sync(() -> List.of(deleted(WEB, A)));

        // Then
        assertThat(cluster.lines()).containsExactly("shop.web: [192.0.2.1] 2026-01-02T00:00:00Z");
        assertThat(cluster.writes()).containsExactly("POST shop.web", "PUT shop.web");
    }

    @Test
    void atRestNothingIsReadOrWritten() {
        // Given a book that keeps an address, which stands in a claim
        Pool lan = Pool.open("lan", new IpRange(A, A)).withPolicy(KEEPING);
        AddressBook book =
                new AddressBook(() -> Instant.EPOCH, Duration.ZERO, any -> {}, any -> {});
        book.setPools(List.of(lan));
        book.confirm(
                AddressRequest.of(WEB, FamilyPolicy.SINGLE_STACK, IpFamily.IPV4), Instant.EPOCH);
        kept.follow(book);
        cluster.look();

        // When the claim goes, unnoticed
        cluster.delete("shop.web");
        cluster.look();
        kept.follow(book);

        // Then nothing is done about it before it is noticed, or the book changes
        assertThat(cluster.lines()).isEmpty();
        kept.touched();
        kept.follow(book);
        assertThat(cluster.lines()).containsExactly("shop.web: [192.0.2.1]");
        cluster.look();
        book.release(WEB);
        kept.follow(book);
        assertThat(cluster.lines()).isEmpty();
    }

    @Test
    void whoIsCreatedAgainWithAnotherAddressHasTwo() {
        // Given
        kept.sync(() -> List.of(deleted(WEB, A)));
        cluster.look();

        // When
        kept.note(new Kept(WEB, List.of(B), Optional.empty()));
        cluster.look();
        kept.sync(() -> List.of(alive(WEB, B), deleted(WEB, A)));

        // Then
        assertThat(cluster.lines())
                .containsExactly(
                        "shop.web: [192.0.2.1] 2026-01-02T00:00:00Z", "shop.web.2: [192.0.2.2]");
    }

    @Test
    void ofAClaimThatWasTidiedUpNothingEnds() {
        // Given one claim for both addresses is replaced by two
        kept.sync(() -> List.of(deleted(WEB, A, B)));
        cluster.look();
        AddressClaim both = cluster.read("shop.web");
        kept.sync(() -> List.of(deleted(WEB, B), deleted(WEB, A)));

        // When
        cluster.look();
        Optional<Kept> ended = kept.ended(both);

        // Then
        assertThat(cluster.lines()).hasSize(2);
        assertThat(cluster.writes()).last().isEqualTo("DELETE shop.web");
        assertThat(ended).isEmpty();
    }

    @Test
    void whoDeletesAClaimEndsTheKeepingOfItsAddresses() {
        // Given
        kept.sync(() -> List.of(deleted(WEB, A), deleted(WEB, B)));
        cluster.look();
        AddressClaim first = cluster.read("shop.web");

        // When
        cluster.delete("shop.web");
        cluster.look();
        Optional<Kept> ended = kept.ended(first);

        // Then
        assertThat(ended.map(Kept::addresses)).contains(List.of(A));
    }

    @Test
    void theLateEndOfALivingServicesClaimEndsNothing() {
        // Given
        kept.note(new Kept(WEB, List.of(A), Optional.empty()));
        cluster.look();
        AddressClaim living = cluster.read("shop.web");

        // When
        cluster.delete("shop.web");
        cluster.look();
        Optional<Kept> ended = kept.ended(living);

        // Then
        assertThat(ended).isEmpty();
    }

    @Test
    void whatAnotherLeaderHasWrittenIsNotDeleted() {
        // Given a cache that has not seen it
        kept.note(new Kept(WEB, List.of(A), Optional.empty()));
        cluster.look();
        kept.sync(() -> List.of(deleted(WEB, A)));

        // When
        kept.sync(List::of);

        // Then
        assertThat(cluster.lines()).containsExactly("shop.web: [192.0.2.1] 2026-01-02T00:00:00Z");
    }

    @Test
    void whatIsNotedWhileTheBookIsReadStays() {
        // Given a cache that would show it at once
        // When
        kept.sync(() -> {
            kept.note(new Kept(WEB, List.of(A), Optional.empty()));
            cluster.look();
            return List.of();
        });

        // Then
        assertThat(cluster.lines()).containsExactly("shop.web: [192.0.2.1]");
    }

    @Test
    void whatIsInTheWayIsLookedAtAndBroughtInLine() {
        // Given the cache does not show it yet
        kept.sync(() -> List.of(deleted(WEB, A)));

        // When
        kept.note(new Kept(WEB, List.of(A), Optional.empty()));

        // Then
        assertThat(cluster.lines()).containsExactly("shop.web: [192.0.2.1]");
    }

    @Test
    void somebodyElsesClaimOfThatNameIsLeftAlone() throws IOException {
        // Given
        cluster.put("shop.web", "{\"spec\": {\"addresses\": [\"192.0.2.9\"]}}");

        // When
        kept.note(new Kept(WEB, List.of(A), Optional.empty()));

        // Then
        assertThat(cluster.lines())
                .containsExactly("shop.web: [192.0.2.9]", "shop.web.2: [192.0.2.1]");
    }

    @Test
    void whatCanNotBeNotedIsSaid() {
        // Given
        cluster.refuse("shop.web");

        // When
        // Then
        assertThatThrownBy(() -> kept.note(new Kept(WEB, List.of(A), Optional.empty())))
                .isInstanceOf(KubernetesClientException.class);
    }

    @Test
    void oneThatFailsKeepsNoOtherBack() {
        // Given
        cluster.refuse("shop.dns");

        // When
        assertThatThrownBy(() -> kept.sync(() -> List.of(deleted(DNS, B), deleted(WEB, A))))
                .isInstanceOf(KubernetesClientException.class);

        // Then
        assertThat(cluster.lines()).containsExactly("shop.web: [192.0.2.1] 2026-01-02T00:00:00Z");
    }

    @Test
    void oneThatCanNotBeReadIsLeftAlone() throws IOException {
        // Given
        cluster.put("shop.web", "{\"metadata\": {\"labels\": {\"twinstack.dev/kept\": \"true\"}}}");
        cluster.look();

        // When
        kept.sync(() -> List.of(alive(WEB, A)));

        // Then
        assertThat(cluster.lines()).containsExactly("shop.web: []", "shop.web.2: [192.0.2.1]");
    }

    private static Kept alive(ServiceKey service, IpAddress... addresses) {
        return new Kept(service, List.of(addresses), Optional.empty());
    }

    private static Kept deleted(ServiceKey service, IpAddress... addresses) {
        return new Kept(service, List.of(addresses), Optional.of(new Times(LATER, LATER)));
    }
}
