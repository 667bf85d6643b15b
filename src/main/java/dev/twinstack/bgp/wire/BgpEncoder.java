package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;

/// Writes messages with their header.
public final class BgpEncoder {

    private BgpEncoder() {}

    /// Appends one message.
    ///
    /// @throws IllegalArgumentException if it gets longer than the session allows: such UPDATEs are
    ///   to be split by an [UpdatePacker]
    public static void encode(BgpMessage message, ByteBuf out, WireOptions options) {
        int header = out.writerIndex();
        out.writeLong(Frame.MARKER_HALF).writeLong(Frame.MARKER_HALF);
        out.writeShort(Frame.HEADER_LENGTH).writeByte(message.type());
        message.encodeBody(out, options);
        int length = out.writerIndex() - header;
        if (length > Frame.maxLength(message.type(), options)) {
            out.writerIndex(header);
            throw new IllegalArgumentException(
                    "A message of type %d with %d octets".formatted(message.type(), length));
        }
        out.setShort(header + Frame.LENGTH_OFFSET, length);
    }
}
