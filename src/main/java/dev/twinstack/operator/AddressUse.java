package dev.twinstack.operator;

import dev.twinstack.net.IpRange;
import java.time.Instant;
import java.util.Optional;

/// Who has an address of a pool, or why nobody gets it.
///
/// @param addresses one, or a range that a policy excludes
/// @param holder the Service or claim; empty for what is excluded
/// @param since when this controller gave it, or found it given when it began to lead
/// @param until when it comes free by itself
public record AddressUse(
        IpRange addresses,
        String pool,
        State state,
        String holder,
        Optional<Instant> since,
        Optional<Instant> until) {

    /// What keeps it from others.
    public enum State {
        /// A Service holds it.
        ASSIGNED,
        /// Admission has promised it to a Service that has not shown up yet.
        RESERVED,
        /// An AddressClaim holds it.
        CLAIMED,
        /// It is kept for a Service that was deleted.
        KEPT,
        /// An AddressPolicy excludes it.
        EXCLUDED
    }
}
