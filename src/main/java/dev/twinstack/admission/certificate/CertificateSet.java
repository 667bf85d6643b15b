package dev.twinstack.admission.certificate;

import static java.util.Objects.requireNonNull;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// All that the Secret holds: the authority that signs, the authorities before it that clients
/// still have to trust, and what the listener serves with.
public record CertificateSet(
        CertificateAuthority authority,
        List<X509Certificate> formerAuthorities,
        ServingCertificate serving) {

    public CertificateSet {
        requireNonNull(authority, "authority");
        requireNonNull(serving, "serving");
        formerAuthorities = List.copyOf(formerAuthorities);
    }

    /// How long new certificates last.
    public record Lifetimes(Duration authority, Duration serving) {
        public static final Lifetimes DEFAULT =
                new Lifetimes(Duration.ofDays(5 * 365), Duration.ofDays(90));
    }

    /// Everything new: nobody who trusts an earlier authority trusts this one.
    public static CertificateSet issue(Collection<String> names, Instant now, Lifetimes lifetimes) {
        CertificateAuthority authority = CertificateAuthority.issue(now, lifetimes.authority());
        return new CertificateSet(
                authority, List.of(), authority.issueServing(names, now, lifetimes.serving()));
    }

    /// The certificates clients have to trust, newest first.
    public List<X509Certificate> trusted() {
        return Stream.concat(Stream.of(authority.certificate()), formerAuthorities.stream())
                .toList();
    }

    /// [#trusted] as PEM: what goes, Base64-encoded once more, into `caBundle`.
    public String bundlePem() {
        return Pem.certificates(trusted());
    }

    /// A new serving certificate of the same authority.
    CertificateSet withNewServing(Collection<String> names, Instant now, Lifetimes lifetimes) {
        return new CertificateSet(
                authority,
                unexpired(formerAuthorities, now),
                authority.issueServing(names, now, lifetimes.serving()));
    }

    /// A new authority that clients learn of while the serving certificate is still the old one's.
    CertificateSet withNewAuthority(Instant now, Lifetimes lifetimes) {
        return new CertificateSet(
                CertificateAuthority.issue(now, lifetimes.authority()),
                unexpired(trusted(), now),
                serving);
    }

    private static List<X509Certificate> unexpired(
            List<X509Certificate> certificates, Instant now) {
        return certificates.stream()
                .filter(certificate -> certificate.getNotAfter().toInstant().isAfter(now))
                .toList();
    }
}
