package dev.twinstack.bgp.session;

import dev.twinstack.bgp.wire.BgpMessage;
import java.time.Instant;

/// A state with an open connection.
sealed interface Conversation extends SessionPhase permits OpenSent, OpenConfirm, Established {

    Link link();

    /// A message arrived on [#link].
    Outcome received(BgpMessage message, Peer peer, Instant now);

    /// The [#deadline] has come.
    Outcome elapsed(Peer peer, Instant now);
}
