package dev.twinstack.bgp.session;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.Restart;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.OpenMessage;
import java.util.random.RandomGenerator;

/// The peer as it was configured, and what we offer it.
///
/// @param offer changes between connections, never during one
/// @param open the OPEN that comes of settings and offer
/// @param random for jitter
record Peer(
        PeerSettings settings,
        Offer offer,
        OpenMessage open,
        Diagnosis diagnosis,
        RandomGenerator random) {

    static Peer of(PeerSettings settings, RandomGenerator random, Restart restart) {
        Offer offer = Offer.full(restart);
        return new Peer(
                settings, offer, LocalOpen.of(settings, offer), new Diagnosis(settings), random);
    }

    Peer with(Offer next) {
        return next.equals(offer)
                ? this
                : new Peer(settings, next, LocalOpen.of(settings, next), diagnosis, random);
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
