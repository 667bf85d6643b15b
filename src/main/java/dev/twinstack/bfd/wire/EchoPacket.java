package dev.twinstack.bfd.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/// An echo packet. Its contents are the sender's own affair (RFC 5880 section 5): it comes back as
/// it went.
///
/// @param discriminator our number of the session
/// @param cookie a secret of the session, so that nobody else can keep it up (section 9)
/// @param sequence of the packet
public record EchoPacket(int discriminator, long cookie, int sequence) {

    public static final int LENGTH = 16;

    /// @return nothing if these octets are none of ours
    public static Optional<EchoPacket> decode(ByteBuffer in) {
        if (in.remaining() != LENGTH) {
            return Optional.empty();
        }
        int start = in.position();
        return Optional.of(
                new EchoPacket(in.getInt(start), in.getLong(start + 4), in.getInt(start + 12)));
    }

    public byte[] encode() {
        return ByteBuffer.allocate(LENGTH)
                .putInt(discriminator)
                .putLong(cookie)
                .putInt(sequence)
                .array();
    }
}
