package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;

/// Cuts messages out of a stream of octets and reads them.
public final class BgpDecoder {

    private BgpDecoder() {}

    /// Reads the next message and moves the reader index behind it. Errors in the header are found
    /// as soon as the header is there, so nobody waits for a body that was never promised.
    ///
    /// After [Decoded.SessionError] the position is undefined.
    public static Decoded decode(ByteBuf in, WireOptions options) {
        if (in.readableBytes() < Frame.HEADER_LENGTH) {
            return Decoded.Incomplete.INSTANCE;
        }
        int header = in.readerIndex();
        int length = in.getUnsignedShort(header + Frame.LENGTH_OFFSET);
        int type = in.getUnsignedByte(header + Frame.TYPE_OFFSET);
        if (in.getLong(header) != Frame.MARKER_HALF
                || in.getLong(header + Long.BYTES) != Frame.MARKER_HALF) {
            return Decoded.error(
                    ErrorCode.CONNECTION_NOT_SYNCHRONIZED, "the marker is not all ones");
        }
        int shortest = Frame.minLength(type);
        if (length < Math.max(shortest, Frame.HEADER_LENGTH)
                || length > Frame.maxLength(type, options)) {
            return type == NotificationMessage.TYPE
                    ? NotificationMessage.MALFORMED
                    : Decoded.error(
                            ErrorCode.BAD_MESSAGE_LENGTH,
                            Frame.lengthField(in, header),
                            "message of type %d with length %d".formatted(type, length));
        }
        if (shortest == 0) {
            return Decoded.error(
                    ErrorCode.BAD_MESSAGE_TYPE,
                    Octets.read(in, header + Frame.TYPE_OFFSET, header + Frame.HEADER_LENGTH),
                    "message type %d".formatted(type));
        }
        if (in.readableBytes() < length) {
            return Decoded.Incomplete.INSTANCE;
        }
        in.skipBytes(length);
        return body(in, type, header + Frame.HEADER_LENGTH, header + length, options);
    }

    private static Decoded body(ByteBuf in, int type, int start, int end, WireOptions options) {
        return switch (type) {
            case OpenMessage.TYPE -> OpenMessage.decode(in, start, end);
            case UpdateMessage.TYPE -> UpdateDecoder.decode(in, start, end, options);
            case NotificationMessage.TYPE -> NotificationMessage.decode(in, start, end);
            case RouteRefreshMessage.TYPE -> RouteRefreshMessage.decode(in, start, end, options);
            default -> Decoded.Message.KEEPALIVE;
        };
    }
}
