package dev.twinstack.bfd.session;

import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.bfd.wire.ControlPacket;
import dev.twinstack.bfd.wire.EchoPacket;

/// What can happen to a session.
public sealed interface SessionEvent {

    /// The session begins.
    record Start() implements SessionEvent {}

    /// The time of [SessionFsm#nextDeadline] has come.
    record Tick() implements SessionEvent {}

    /// A packet to this session came, well-formed and with the TTL it needs.
    record Received(ControlPacket packet) implements SessionEvent {}

    /// An echo packet with this session's discriminator came back.
    record Echoed(EchoPacket packet) implements SessionEvent {}

    /// Intervals, multiplier, echo, passive role or minimum TTL are others from now on.
    record Reconfigured(BfdSettings settings) implements SessionEvent {}

    /// The session is to be kept down (AdminDown). Packets go on saying so for as long as the
    /// session gets its ticks.
    record Stop() implements SessionEvent {}
}
