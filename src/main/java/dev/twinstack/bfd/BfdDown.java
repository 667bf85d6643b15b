package dev.twinstack.bfd;

import static java.util.Objects.requireNonNull;

/// Why a session that was up is not any more.
///
/// @param reason in words, with what was measured
public record BfdDown(Cause cause, String reason) {

    /// What ended it.
    public enum Cause {
        /// Nothing heard for the detection time, or no echo came back: the path is broken, or the
        /// peer dead.
        PATH,
        /// The peer says that it lost us.
        PEER,
        /// The peer was told to keep the session down (RFC 5882 section 3.2): no failure.
        PEER_ADMIN,
        /// We were told so.
        LOCAL_ADMIN
    }

    public BfdDown {
        requireNonNull(cause, "cause");
        requireNonNull(reason, "reason");
    }

    /// Whether the protocols that rely on the path have to act.
    public boolean isFailure() {
        return switch (cause) {
            case PATH, PEER -> true;
            case PEER_ADMIN, LOCAL_ADMIN -> false;
        };
    }
}
