package dev.twinstack.admission.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

class CertificateIssueTest {

    private static final Set<String> NAMES =
            Set.of("twinstack-webhook-service.metallb-system.svc", "127.0.0.1", "::1");

    private final Instant now = Instant.now();
    private final CertificateAuthority authority =
            CertificateAuthority.issue(now, Duration.ofDays(10));

    @Test
    void theJdkTrustsWhatTheAuthoritySigned() throws Exception {
        // When
        ServingCertificate serving = authority.issueServing(NAMES, now, Duration.ofDays(1));

        // Then
        trust(authority.certificate())
                .checkServerTrusted(new X509Certificate[] {serving.certificate()}, "UNKNOWN");
        assertThat(serving.names())
                .containsExactlyInAnyOrder(
                        "twinstack-webhook-service.metallb-system.svc", "127.0.0.1", "::1");
        assertThat(serving.certificate().getBasicConstraints())
                .as("not an authority itself")
                .isEqualTo(-1);
        assertThat(serving.certificate().getExtendedKeyUsage())
                .as("server authentication only")
                .containsExactly("1.3.6.1.5.5.7.3.1");
    }

    @Test
    void anotherAuthorityDoesNotVouchForIt() {
        // Given
        CertificateAuthority stranger = CertificateAuthority.issue(now, Duration.ofDays(10));

        // When
        ServingCertificate serving = authority.issueServing(NAMES, now, Duration.ofDays(1));

        // Then
        assertThat(serving.isSignedBy(authority.certificate())).isTrue();
        assertThat(serving.isSignedBy(stranger.certificate())).isFalse();
        assertThatThrownBy(() ->
                        trust(stranger.certificate())
                                .checkServerTrusted(
                                        new X509Certificate[] {serving.certificate()}, "UNKNOWN"))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("does not chain");
    }

    @Test
    void thePrivateKeysAreNeverPartOfTheText() {
        // Given
        ServingCertificate serving = authority.issueServing(NAMES, now, Duration.ofDays(1));
        CertificateSet set = new CertificateSet(authority, List.of(), serving);

        // When
        String text = set.toString();

        // Then
        assertThat(text)
                .doesNotContain("PrivateKey")
                .doesNotContain(authority.key().toString())
                .doesNotContain(serving.key().toString());
    }

    private static X509TrustManager trust(X509Certificate authority)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("ca", authority);
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }
}
