package dev.twinstack.admission.certificate;

import static java.util.Objects.requireNonNull;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/// A self-signed authority that signs nothing but certificates of the webhook listener.
///
/// @param key never shown: [#toString] names the certificate only
public record CertificateAuthority(X509Certificate certificate, PrivateKey key) {

    public CertificateAuthority {
        requireNonNull(certificate, "certificate");
        requireNonNull(key, "key");
    }

    /// A new authority with a new key, valid from `now` on for `lifetime`.
    public static CertificateAuthority issue(Instant now, Duration lifetime) {
        return CertificateIssue.authority(now, lifetime);
    }

    /// A certificate with a new key for the listener.
    ///
    /// @param names DNS names and IP addresses a client may connect to, as text
    public ServingCertificate issueServing(
            Collection<String> names, Instant now, Duration lifetime) {
        return CertificateIssue.serving(this, names, now, lifetime);
    }

    @Override
    public String toString() {
        return "CertificateAuthority[%s until %s]"
                .formatted(
                        certificate.getSubjectX500Principal(),
                        certificate.getNotAfter().toInstant());
    }
}
