package dev.twinstack.bfd.wire;

import static java.util.Objects.requireNonNull;

/// What became of a datagram.
public sealed interface Decoded {

    /// A control packet in good order.
    record Packet(ControlPacket packet) implements Decoded {

        public Packet {
            requireNonNull(packet, "packet");
        }
    }

    /// To be thrown away, by the rules of RFC 5880 section 6.8.6 that need no session.
    ///
    /// @param reason one line for people
    record Discarded(String reason) implements Decoded {

        public Discarded {
            requireNonNull(reason, "reason");
        }
    }
}
