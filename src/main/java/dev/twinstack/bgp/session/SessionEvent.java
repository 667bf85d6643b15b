package dev.twinstack.bgp.session;

import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.NotificationMessage;

/// What can happen to a session.
public sealed interface SessionEvent {

    /// The peer was configured (events 1 and 3 of RFC 4271 section 8.1).
    record Start() implements SessionEvent {}

    /// The session is to end for good (event 2).
    ///
    /// @param farewell the Cease that tells the peer why
    /// @param forGood whether we don't come back: a peer that keeps routes over a restart has to
    ///   drop them. If we do, it is not told anything
    record Stop(NotificationMessage farewell, boolean forGood) implements SessionEvent {}

    /// Time went by (events 9 to 13).
    record Tick() implements SessionEvent {}

    /// The way to the peer is dead, says BFD (RFC 5882 section 3.2).
    ///
    /// @param why in words
    record PathDown(String why) implements SessionEvent {}

    /// The way to the peer works (again): what is held back need not wait.
    record PathUp() implements SessionEvent {}

    /// News of one connection.
    sealed interface LinkEvent extends SessionEvent {
        Link link();
    }

    /// The peer connected to us (event 17).
    record Accepted(Link link) implements LinkEvent {}

    /// We are connected (event 16).
    record Connected(Link link) implements LinkEvent {}

    /// We could not connect (event 18).
    record ConnectFailed(Link link, ConnectFailure failure, String detail) implements LinkEvent {}

    /// An open connection ended on the peer's side or broke (event 18).
    record Closed(Link link, String detail) implements LinkEvent {}

    /// A well-formed message, or an UPDATE that RFC 7606 lets pass (events 19, 24 to 27).
    record Received(Link link, BgpMessage message) implements LinkEvent {}

    /// Octets that cost the session (events 21, 22, 28).
    ///
    /// @param answer what the RFC wants said about them
    /// @param what what is wrong with them, in words
    record Malformed(Link link, NotificationMessage answer, String what) implements LinkEvent {}

    /// We can't go on with this connection: the peer does not read (event 29, RFC 9687), or a
    /// mistake of ours.
    ///
    /// @param farewell what the peer is told
    /// @param why in words
    record GivenUp(Link link, NotificationMessage farewell, String why) implements LinkEvent {}
}
