package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

/// What is wrong with a path attribute and what follows (RFC 7606 section 2).
///
/// @param reason one line for people, without the attribute's name
public record AttributeFault(AttributeType type, Reaction reaction, String reason)
        implements AttributeOutcome {

    /// From the mildest to the strongest; the strongest of an UPDATE wins (RFC 7606 section 3 h).
    public enum Reaction {
        /// Act as if the attribute was not there.
        DISCARD,

        /// Act as if all announced prefixes were withdrawn.
        TREAT_AS_WITHDRAW,

        /// End the session: it can't be told which prefixes were meant.
        SESSION_RESET
    }

    public AttributeFault {
        requireNonNull(type, "type");
        requireNonNull(reaction, "reaction");
        requireNonNull(reason, "reason");
    }

    static AttributeFault discard(AttributeType type, String reason) {
        return new AttributeFault(type, Reaction.DISCARD, reason);
    }

    static AttributeFault withdraw(AttributeType type, String reason) {
        return new AttributeFault(type, Reaction.TREAT_AS_WITHDRAW, reason);
    }

    static AttributeFault reset(AttributeType type, String reason) {
        return new AttributeFault(type, Reaction.SESSION_RESET, reason);
    }

    /// The length is not what the type wants.
    static AttributeFault length(AttributeType type, Reaction reaction, int start, int end) {
        return new AttributeFault(type, reaction, "wrong length %d".formatted(end - start));
    }

    /// In words, like `MULTI_EXIT_DISC: wrong length 3`.
    @Override
    public String toString() {
        return type + ": " + reason;
    }
}
