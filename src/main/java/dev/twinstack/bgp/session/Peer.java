package dev.twinstack.bgp.session;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.OpenMessage;
import java.util.random.RandomGenerator;

/// What does not change while a session lives.
///
/// @param open the OPEN we send
/// @param random for jitter
record Peer(PeerSettings settings, OpenMessage open, Diagnosis diagnosis, RandomGenerator random) {

    static Peer of(PeerSettings settings, RandomGenerator random) {
        return new Peer(settings, LocalOpen.of(settings), new Diagnosis(settings), random);
    }

    /// A message that has no place in this state (RFC 6608: 5/1, 5/2 or 5/3).
    Outcome.End unexpected(Conversation state, BgpMessage message) {
        return Outcome.End.byUs(
                state.link(),
                new NotificationMessage(
                        switch (state) {
                            case OpenSent _ -> ErrorCode.UNEXPECTED_MESSAGE_IN_OPEN_SENT;
                            case OpenConfirm _ -> ErrorCode.UNEXPECTED_MESSAGE_IN_OPEN_CONFIRM;
                            case Established _ -> ErrorCode.UNEXPECTED_MESSAGE_IN_ESTABLISHED;
                        }),
                diagnosis.unexpected(state.state(), message));
    }
}
