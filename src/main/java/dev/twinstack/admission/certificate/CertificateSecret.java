package dev.twinstack.admission.certificate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The form of a [CertificateSet] in a Secret of type `kubernetes.io/tls`: `tls.crt`, `tls.key`,
/// and beside them `ca.crt` (all trusted authorities, the signing one first) and `ca.key`.
final class CertificateSecret {

    static final String TYPE = "kubernetes.io/tls";

    private static final String SERVING_CERTIFICATE = "tls.crt";
    private static final String SERVING_KEY = "tls.key";
    private static final String AUTHORITIES = "ca.crt";
    private static final String AUTHORITY_KEY = "ca.key";

    private CertificateSecret() {}

    /// The `data` of the Secret.
    static Map<String, String> write(CertificateSet set) {
        return Map.of(
                SERVING_CERTIFICATE, encode(set.serving().certificatePem()),
                SERVING_KEY, encode(set.serving().keyPem()),
                AUTHORITIES, encode(set.bundlePem()),
                AUTHORITY_KEY, encode(Pem.key(set.authority().key())));
    }

    /// Reads the `data` of the Secret; empty where anything is missing or damaged, so that an empty
    /// Secret from a manifest is as good as none.
    static Optional<CertificateSet> read(Map<String, String> data) {
        try {
            List<X509Certificate> authorities = Pem.readCertificates(value(data, AUTHORITIES));
            X509Certificate authority = authorities.getFirst();
            X509Certificate serving =
                    Pem.readCertificates(value(data, SERVING_CERTIFICATE)).getFirst();
            return Optional.of(
                    new CertificateSet(
                            new CertificateAuthority(
                                    authority, key(data, AUTHORITY_KEY, authority)),
                            authorities.subList(1, authorities.size()),
                            new ServingCertificate(serving, key(data, SERVING_KEY, serving))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The key, if it is the one of this certificate.
    private static PrivateKey key(
            Map<String, String> data, String name, X509Certificate certificate)
            throws GeneralSecurityException {
        PrivateKey key = Pem.readKey(value(data, name));
        byte[] probe = {1, 2, 3};
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(probe);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException(name + " is the key of another certificate");
        }
        return key;
    }

    private static String value(Map<String, String> data, String key)
            throws GeneralSecurityException {
        String value = data.get(key);
        if (value == null) {
            throw new GeneralSecurityException(key + " is missing");
        }
        return new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII);
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
