package dev.twinstack.admission.certificate;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The certificate the webhook listener shows, with its key.
///
/// @param key never shown: [#toString] names the certificate only
public record ServingCertificate(X509Certificate certificate, PrivateKey key) {

    public ServingCertificate {
        requireNonNull(certificate, "certificate");
        requireNonNull(key, "key");
    }

    /// The subject alternative names, DNS names and IP addresses as text; empty where the
    /// certificate has none or they can't be read.
    public Set<String> names() {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Set.of()
                    : names.stream()
                            .map(ServingCertificate::value)
                            .collect(Collectors.toUnmodifiableSet());
        } catch (CertificateParsingException e) {
            return Set.of();
        }
    }

    private static String value(List<?> generalName) {
        return SubjectNames.canonical(String.valueOf(generalName.get(1)));
    }

    /// Whether `authority` has signed this certificate.
    public boolean isSignedBy(X509Certificate authority) {
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// The private key as PKCS #8 in PEM.
    public String keyPem() {
        return Pem.key(key);
    }

    public String certificatePem() {
        return Pem.certificates(List.of(certificate));
    }

    @Override
    public String toString() {
        return "ServingCertificate[%s until %s]"
                .formatted(names(), certificate.getNotAfter().toInstant());
    }
}
