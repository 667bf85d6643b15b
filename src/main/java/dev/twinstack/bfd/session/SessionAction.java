package dev.twinstack.bfd.session;

import dev.twinstack.bfd.BfdDown;
import dev.twinstack.bfd.wire.ControlPacket;
import dev.twinstack.bfd.wire.EchoPacket;

/// What the owner of a session has to do.
public sealed interface SessionAction {

    record Send(ControlPacket packet) implements SessionAction {}

    record SendEcho(EchoPacket packet) implements SessionAction {}

    /// Tell that the session is up.
    record Up() implements SessionAction {}

    /// Tell that the session, which was up, is not any more.
    record Down(BfdDown down) implements SessionAction {}

    /// Count a packet that RFC 5880 section 6.8.6 threw away.
    ///
    /// @param reason one line for people
    record Discard(String reason) implements SessionAction {}
}
