package dev.twinstack.admission.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.admission.certificate.CertificateSet.Lifetimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RotationTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Set<String> NAMES = Set.of("webhook.example", "127.0.0.1");
    private static final Lifetimes LIFETIMES =
            new Lifetimes(Duration.ofDays(1000), Duration.ofDays(90));

    private final CertificateSet stored = CertificateSet.issue(NAMES, NOW, LIFETIMES);

    @Test
    void nothingStoredAsksForEverything() {
        assertThat(Rotation.decide(null, NAMES, NOW)).isInstanceOf(Rotation.IssueAll.class);
    }

    @Test
    void freshCertificatesAreKeptUntilTwoThirdsOfTheShorterLifeAreOver() {
        // When
        Rotation rotation = Rotation.decide(stored, NAMES, NOW);

        // Then: an hour of the life lies before its issue
        Instant from = NOW.minus(Duration.ofHours(1));
        Duration life = Duration.ofDays(90).plusHours(1);
        assertThat(rotation)
                .isEqualTo(new Rotation.Keep(from.plus(life.multipliedBy(2).dividedBy(3))));
    }

    @Test
    void theServingCertificateIsRenewedInItsLastThird() {
        assertThat(Rotation.decide(stored, NAMES, NOW.plus(Duration.ofDays(59))))
                .isInstanceOf(Rotation.Keep.class);
        assertThat(Rotation.decide(stored, NAMES, NOW.plus(Duration.ofDays(61))))
                .isInstanceOf(Rotation.RenewServing.class);
    }

    @Test
    void anExpiredServingCertificateIsRenewed() {
        assertThat(Rotation.decide(stored, NAMES, NOW.plus(Duration.ofDays(200))))
                .isInstanceOf(Rotation.RenewServing.class);
    }

    @Test
    void anExpiredAuthorityMakesEverythingNew() {
        assertThat(Rotation.decide(stored, NAMES, NOW.plus(Duration.ofDays(1001))))
                .isInstanceOf(Rotation.IssueAll.class);
    }

    @Test
    void aMissingNameIsAddedToTheOldOnes() {
        // When
        Rotation rotation = Rotation.decide(stored, Set.of("other.example"), NOW);

        // Then
        assertThat(rotation)
                .isEqualTo(
                        new Rotation.RenewServing(
                                "names missing: [other.example]",
                                Set.of("webhook.example", "127.0.0.1", "other.example")));
    }

    @Test
    void aServingCertificateOfAStrangerIsReplaced() {
        // Given
        CertificateSet stranger = CertificateSet.issue(NAMES, NOW, LIFETIMES);
        CertificateSet mixed =
                new CertificateSet(stored.authority(), List.of(), stranger.serving());

        // When / Then
        assertThat(Rotation.decide(mixed, NAMES, NOW)).isInstanceOf(Rotation.RenewServing.class);
    }

    @Test
    void aNewAuthorityIsTrustedBesideTheOldOneBeforeItSignsAnything() {
        // Given
        Instant late = NOW.plus(Duration.ofDays(700));
        CertificateSet served = stored.withNewServing(NAMES, late, LIFETIMES);
        Rotation rotation = Rotation.decide(served, NAMES, late);
        assertThat(rotation).isInstanceOf(Rotation.RenewAuthority.class);

        // When
        CertificateSet renewed = Rotation.apply(rotation, served, NAMES, late, LIFETIMES);

        // Then
        assertThat(renewed.serving()).isEqualTo(served.serving());
        assertThat(renewed.authority()).isNotEqualTo(stored.authority());
        assertThat(renewed.trusted())
                .containsExactly(
                        renewed.authority().certificate(), stored.authority().certificate());
        assertThat(Rotation.decide(renewed, NAMES, late)).isInstanceOf(Rotation.Keep.class);
    }

    @Test
    void anAuthorityThatHasEndedLeavesTheBundleAtTheNextRenewal() {
        // Given
        Instant late = NOW.plus(Duration.ofDays(700));
        CertificateSet renewed = stored.withNewAuthority(late, LIFETIMES);
        Instant later = NOW.plus(Duration.ofDays(1001));

        // When
        CertificateSet next =
                Rotation.apply(
                        Rotation.decide(renewed, NAMES, later), renewed, NAMES, later, LIFETIMES);

        // Then
        assertThat(next.trusted()).containsExactly(renewed.authority().certificate());
        assertThat(next.serving().isSignedBy(renewed.authority().certificate())).isTrue();
    }
}
