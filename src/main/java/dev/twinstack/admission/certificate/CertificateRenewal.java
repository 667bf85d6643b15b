package dev.twinstack.admission.certificate;

import dev.twinstack.admission.certificate.CertificateSet.Lifetimes;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the stored certificates up to date: reads, decides by [Rotation], writes, and begins anew
/// where another replica was first.
final class CertificateRenewal {

    private static final Logger log = LoggerFactory.getLogger(CertificateRenewal.class);

    /// Each step makes progress, ours or another replica's; a new installation takes one.
    private static final int MOST_STEPS = 20;

    private final CertificateVault vault;
    private final Set<String> names;
    private final Lifetimes lifetimes;

    CertificateRenewal(CertificateVault vault, Set<String> names, Lifetimes lifetimes) {
        this.vault = vault;
        this.names = Set.copyOf(names);
        this.lifetimes = lifetimes;
    }

    /// Certificates that are stored, and good until `next`.
    record Outcome(CertificateSet certificates, Instant next) {}

    /// @throws IllegalStateException where other replicas' writes never end
    Outcome renew(Instant now) {
        for (int step = 0; step < MOST_STEPS; step++) {
            CertificateVault.Content content = vault.read();
            CertificateSet stored = stored(content);
            Rotation rotation = Rotation.decide(stored, names, now);
            if (rotation instanceof Rotation.Keep(Instant until) && stored != null) {
                return new Outcome(stored, until);
            }
            CertificateSet renewed = Rotation.apply(rotation, stored, names, now, lifetimes);
            if (vault.write(content, CertificateSecret.write(renewed))) {
                log.atInfo().addKeyValue("step", rotation).log("Webhook certificates renewed");
            }
        }
        throw new IllegalStateException("the webhook certificates change all the time");
    }

    private static @Nullable CertificateSet stored(CertificateVault.@Nullable Content content) {
        return content == null ? null : CertificateSecret.read(content.data()).orElse(null);
    }
}
