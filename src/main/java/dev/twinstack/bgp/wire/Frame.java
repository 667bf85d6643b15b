package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;

/// The header of every message: 16 octets of ones, the length of the whole, the type (RFC 4271
/// section 4.1).
final class Frame {

    static final int HEADER_LENGTH = 19;

    static final int LENGTH_OFFSET = 16;
    static final int TYPE_OFFSET = 18;

    static final long MARKER_HALF = -1L;

    private Frame() {}

    /// The two octets of the Length field, the data of a Bad Message Length.
    static Octets lengthField(ByteBuf in, int header) {
        return Octets.read(in, header + LENGTH_OFFSET, header + TYPE_OFFSET);
    }

    /// The shortest legal length of a message of this type; 0 for a type that does not exist.
    static int minLength(int type) {
        return switch (type) {
            case OpenMessage.TYPE -> 29;
            case UpdateMessage.TYPE -> 23;
            case NotificationMessage.TYPE, KeepaliveMessage.TYPE -> HEADER_LENGTH;
            case RouteRefreshMessage.TYPE -> HEADER_LENGTH;
            default -> 0;
        };
    }

    /// The longest legal length of a message of this type (RFC 8654 section 4).
    static int maxLength(int type, WireOptions options) {
        return switch (type) {
            case OpenMessage.TYPE -> WireOptions.STANDARD_LENGTH;
            case KeepaliveMessage.TYPE -> HEADER_LENGTH;
            default -> options.maxLength();
        };
    }
}
