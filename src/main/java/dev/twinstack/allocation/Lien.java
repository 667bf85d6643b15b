package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What keeps an address for somebody while no Service is on it.
sealed interface Lien {

    /// What keeps the applicant off the address.
    Optional<Refusal> conflict(IpAddress address, Applicant applicant);

    /// The namespace in whose quota the address counts; null for nobody's.
    @Nullable String namespace();

    /// An AddressClaim has it: for that Service only, or for all of the claim's namespace that name
    /// the claim.
    record Claimed(ClaimKey claim, @Nullable ServiceKey reservedFor) implements Lien {

        @Override
        public Optional<Refusal> conflict(IpAddress address, Applicant applicant) {
            boolean mine =
                    switch (applicant) {
                        case Applicant.ForService service -> admits(service);
                        case Applicant.ForClaim other -> other.claim().equals(claim);
                    };
            return mine ? Optional.empty() : Optional.of(new Refusal.HeldByClaim(address, claim));
        }

        private boolean admits(Applicant.ForService applicant) {
            return reservedFor != null
                    ? reservedFor.equals(applicant.service())
                    : claim.equals(applicant.claim())
                            && claim.namespace().equals(applicant.service().namespace());
        }

        @Override
        public String namespace() {
            return claim.namespace();
        }
    }

    /// A deleted Service had it. While it is not yet `cooling` that Service would get it back by
    /// itself; nobody else gets it before `reusableFrom`.
    record Kept(ServiceKey service, Instant reusableFrom, boolean cooling) implements Lien {

        @Override
        public Optional<Refusal> conflict(IpAddress address, Applicant applicant) {
            boolean mine =
                    switch (applicant) {
                        case Applicant.ForService other -> other.service().equals(service);
                        case Applicant.ForClaim claim -> service.equals(claim.reservedFor());
                    };
            return mine
                    ? Optional.empty()
                    : Optional.of(new Refusal.RetainedFor(address, service, reusableFrom));
        }

        @Override
        public @Nullable String namespace() {
            return cooling ? null : service.namespace();
        }
    }
}
