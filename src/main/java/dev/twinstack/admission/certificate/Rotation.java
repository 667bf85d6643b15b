package dev.twinstack.admission.certificate;

import dev.twinstack.admission.certificate.CertificateSet.Lifetimes;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What to do about the stored certificates, decided from their dates and names alone. A
/// certificate is renewed when two thirds of its life are over.
///
/// A new authority only joins the trusted ones; the serving certificate changes over when its own
/// renewal is due, long after every client has read the new bundle. Nothing is ever refused in
/// between.
sealed interface Rotation {

    /// Nothing to do before `until`.
    record Keep(Instant until) implements Rotation {}

    record RenewServing(String reason, Set<String> names) implements Rotation {
        public RenewServing {
            names = Set.copyOf(names);
        }
    }

    record RenewAuthority(String reason) implements Rotation {}

    record IssueAll(String reason) implements Rotation {}

    /// @param stored null: there is nothing usable in the Secret
    /// @param names what the serving certificate has to be good for
    static Rotation decide(@Nullable CertificateSet stored, Set<String> names, Instant now) {
        if (stored == null) {
            return new IssueAll("no certificate yet");
        }
        X509Certificate authority = stored.authority().certificate();
        if (!isValid(authority, now)) {
            return new IssueAll("authority not valid at this time");
        }
        X509Certificate serving = stored.serving().certificate();
        if (stored.trusted().stream().noneMatch(stored.serving()::isSignedBy)) {
            return new RenewServing("serving certificate of an unknown authority", names);
        }
        if (!isValid(serving, now)) {
            return new RenewServing("serving certificate not valid at this time", names);
        }
        Set<String> missing = new TreeSet<>(names);
        missing.removeAll(stored.serving().names());
        if (!missing.isEmpty()) {
            return new RenewServing("names missing: " + missing, union(stored, names));
        }
        if (!renewalTime(authority).isAfter(now)) {
            return new RenewAuthority("authority ends " + authority.getNotAfter().toInstant());
        }
        if (!renewalTime(serving).isAfter(now)) {
            return new RenewServing(
                    "serving certificate ends " + serving.getNotAfter().toInstant(), names);
        }
        return new Keep(earlier(renewalTime(authority), renewalTime(serving)));
    }

    /// Carries the decision out; a [Keep] leaves `stored` as it is.
    static CertificateSet apply(
            Rotation rotation,
            @Nullable CertificateSet stored,
            Set<String> names,
            Instant now,
            Lifetimes lifetimes) {
        if (stored == null) {
            return CertificateSet.issue(names, now, lifetimes);
        }
        return switch (rotation) {
            case Keep _ -> stored;
            case RenewServing(_, Set<String> all) -> stored.withNewServing(all, now, lifetimes);
            case RenewAuthority _ -> stored.withNewAuthority(now, lifetimes);
            case IssueAll _ -> CertificateSet.issue(names, now, lifetimes);
        };
    }

    /// Two replicas with different names would take turns for ever if each asked for its own only.
    private static Set<String> union(CertificateSet stored, Set<String> names) {
        Set<String> union = new TreeSet<>(stored.serving().names());
        union.addAll(names);
        return union;
    }

    private static boolean isValid(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && now.isBefore(certificate.getNotAfter().toInstant());
    }

    private static Instant renewalTime(X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
        return from.plus(life.multipliedBy(2).dividedBy(3));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
