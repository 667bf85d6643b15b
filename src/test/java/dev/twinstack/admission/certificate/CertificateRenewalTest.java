package dev.twinstack.admission.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.admission.certificate.CertificateSet.Lifetimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CertificateRenewalTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final InMemoryVault vault = new InMemoryVault();
    private final CertificateRenewal renewal = renewal("webhook.example");

    @Test
    void theFirstReplicaStoresWhatTheNextOneReads() {
        // When
        CertificateSet first = renewal.renew(NOW).certificates();
        CertificateSet second = renewal("webhook.example").renew(NOW).certificates();

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(vault.writes()).isEqualTo(1);
    }

    @Test
    void replicasThatStartTogetherEndWithTheSameCertificates() {
        // Given
        List<CertificateSet> winner = new ArrayList<>();
        vault.beforeNextWrite(
                () -> winner.add(renewal("webhook.example").renew(NOW).certificates()));

        // When
        CertificateSet loser = renewal.renew(NOW).certificates();

        // Then
        assertThat(winner).containsExactly(loser);
        assertThat(vault.writes()).isEqualTo(1);
    }

    @Test
    void replicasWithDifferentNamesAgreeInsteadOfTakingTurns() {
        // Given
        CertificateRenewal other = renewal("127.0.0.1");
        renewal.renew(NOW);

        // When
        CertificateSet certificates = other.renew(NOW).certificates();

        // Then
        assertThat(certificates.serving().names())
                .containsExactlyInAnyOrder("webhook.example", "127.0.0.1");
        assertThat(renewal.renew(NOW).certificates()).isEqualTo(certificates);
    }

    @Test
    void anEmptyOrDamagedSecretIsFilled() {
        // Given
        vault.write(null, Map.of("tls.crt", "", "tls.key", "bm9uc2Vuc2U=", "ca.crt", "!"));

        // When
        CertificateSet certificates = renewal.renew(NOW).certificates();

        // Then
        assertThat(certificates.serving().isSignedBy(certificates.authority().certificate()))
                .isTrue();
        assertThat(vault.writes()).isEqualTo(2);
    }

    @Test
    void aKeyThatIsNotTheCertificatesCountsAsDamage() {
        // Given
        Map<String, String> one = stored(renewal);
        Map<String, String> mixed = new HashMap<>(one);
        mixed.put(
                "tls.key",
                CertificateSecret.write(
                                CertificateSet.issue(
                                        Set.of("webhook.example"), NOW, Lifetimes.DEFAULT))
                        .get("tls.key"));

        // When / Then
        assertThat(CertificateSecret.read(one)).isPresent();
        assertThat(CertificateSecret.read(mixed)).isEmpty();
    }

    private Map<String, String> stored(CertificateRenewal renewal) {
        return CertificateSecret.write(renewal.renew(NOW).certificates());
    }

    private CertificateRenewal renewal(String name) {
        return new CertificateRenewal(vault, Set.of(name), Lifetimes.DEFAULT);
    }
}
