package dev.twinstack.admission.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinstack.admission.certificate.CertificateSet.Lifetimes;
import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LabExtension.class)
class SecretVaultIT {

    private final LabCluster cluster;
    private final SecretVault vault;

    SecretVaultIT(LabCluster cluster) {
        this.cluster = cluster;
        this.vault = new SecretVault(cluster.client(), "default", "vault");
    }

    @BeforeEach
    @AfterEach
    void empty() {
        vault.secret().delete();
    }

    @Test
    void onlyTheFirstOfTwoWritesSucceeds() {
        // Given
        Map<String, String> one = Map.of("tls.crt", "MQ==", "tls.key", "MQ==");
        Map<String, String> two = Map.of("tls.crt", "Mg==", "tls.key", "Mg==");

        // When / Then
        assertThat(vault.read()).isNull();
        assertThat(vault.write(null, one)).isTrue();
        assertThat(vault.write(null, two)).as("another replica that saw nothing").isFalse();
        CertificateVault.Content seen = vault.read();
        assertThat(vault.write(seen, two)).isTrue();
        assertThat(vault.write(seen, one)).as("another replica that saw the first").isFalse();
        assertThat(vault.secret().get().getData()).isEqualTo(two);
    }

    @Test
    void aMissingNamespaceIsNamed(LabCluster cluster) {
        // Given
        SecretVault nowhere = new SecretVault(cluster.client(), "nowhere", "vault");

        // When, Then it is not taken for another replica's write
        assertThatThrownBy(() -> nowhere.write(null, Map.of("tls.crt", "MQ==", "tls.key", "MQ==")))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("namespaces \"nowhere\" not found");
    }

    @Test
    void aSecretFromAManifestIsFilledAndKeepsWhatItHas() {
        // Given
        cluster.client()
                .resource(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName("vault")
                                .withNamespace("default")
                                .addToLabels("owner", "somebody")
                                .endMetadata()
                                .withType("Opaque")
                                .build())
                .create();

        // When
        CertificateSet certificates =
                new CertificateRenewal(vault, Set.of("webhook.example"), Lifetimes.DEFAULT)
                        .renew(Instant.now())
                        .certificates();

        // Then
        var stored = vault.secret().get();
        assertThat(stored.getMetadata().getLabels()).containsEntry("owner", "somebody");
        assertThat(CertificateSecret.read(stored.getData())).contains(certificates);
    }
}
