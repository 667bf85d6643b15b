package dev.twinstack.bgp.session;

import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.RouteRefreshMessage;
import dev.twinstack.bgp.wire.UpdateMessage;

/// What the owner of the state machine has to do, in this order.
public sealed interface SessionAction {

    /// Open a TCP connection to the peer.
    record Connect(Link link) implements SessionAction {}

    /// Write a message.
    record Send(Link link, BgpMessage message) implements SessionAction {}

    /// Close the connection once everything sent is out; abandon it if it is still being opened.
    record Close(Link link) implements SessionAction {}

    /// The session is established: routes may be sent on this connection.
    record Up(Link link, Negotiated negotiated) implements SessionAction {}

    /// The established session is no more: nothing the peer said is valid any longer.
    ///
    /// @param reason in words, with the likely cause
    record Down(String reason) implements SessionAction {}

    /// A session did not come about.
    ///
    /// @param reason in words, with the likely cause
    record Failed(String reason) implements SessionAction {}

    /// Routes arrived on the established session.
    record Deliver(UpdateMessage update) implements SessionAction {}

    /// The peer wants routes again (RFC 2918).
    record Refresh(RouteRefreshMessage request) implements SessionAction {}
}
