package dev.twinstack.allocation;

import org.jspecify.annotations.Nullable;

/// Who asks for an address.
sealed interface Applicant {

    /// A Service; `claim` is the one whose addresses it uses.
    record ForService(ServiceKey service, @Nullable ClaimKey claim, Sharing sharing)
            implements Applicant {}

    /// A claim; `reservedFor` may be on the address already.
    record ForClaim(ClaimKey claim, @Nullable ServiceKey reservedFor) implements Applicant {}
}
