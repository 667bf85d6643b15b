package dev.twinstack.admission.certificate;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/// Certificates and private keys as PEM text (RFC 7468).
final class Pem {

    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    private static final String KEY_LABEL = "PRIVATE KEY";

    private Pem() {}

    static String certificates(Collection<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                text.append(block("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a certificate without an encoding", e);
            }
        }
        return text.toString();
    }

    static String key(PrivateKey key) {
        return block(KEY_LABEL, key.getEncoded());
    }

    /// @throws GeneralSecurityException where the text holds no certificate or a damaged one
    static List<X509Certificate> readCertificates(String text) throws GeneralSecurityException {
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
        List<X509Certificate> certificates =
                CertificateFactory.getInstance("X.509").generateCertificates(bytes).stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        if (certificates.isEmpty()) {
            throw new CertificateException("no certificate");
        }
        return certificates;
    }

    /// Reads an elliptic curve key in PKCS #8.
    ///
    /// @throws GeneralSecurityException where the text is anything else; the message never quotes
    ///   it
    static PrivateKey readKey(String text) throws GeneralSecurityException {
        String begin = "-----BEGIN " + KEY_LABEL + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + KEY_LABEL + "-----");
        if (from < 0 || to < from) {
            throw new GeneralSecurityException("no private key in PKCS #8");
        }
        try {
            byte[] octets =
                    Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(octets));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("damaged private key", e);
        }
    }

    private static String block(String label, byte[] octets) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, LINES.encodeToString(octets), label);
    }
}
