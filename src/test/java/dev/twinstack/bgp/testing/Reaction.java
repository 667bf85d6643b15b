package dev.twinstack.bgp.testing;

import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.Octets;

/// What a speaker did about a message, as its peer can tell.
public sealed interface Reaction {

    /// The session ended with a NOTIFICATION.
    record SessionReset(ErrorCode error, Octets data) implements Reaction {}

    /// The session ended without a NOTIFICATION.
    record Closed() implements Reaction {}

    /// The prefix in question is gone.
    record Withdrawn() implements Reaction {}

    /// The prefix in question is there as the message announces it.
    record Announced() implements Reaction {}

    /// The prefix in question is known but not used.
    record NotUsed() implements Reaction {}

    /// The prefix in question is as it was before.
    record Unchanged() implements Reaction {}

    /// The session lives; there is no prefix in question.
    record SessionUp() implements Reaction {}
}
