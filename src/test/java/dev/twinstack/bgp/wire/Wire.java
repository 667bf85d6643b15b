package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/// Messages as hex and back.
final class Wire {

    private Wire() {}

    static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    static Decoded decode(String hex, WireOptions options) {
        return BgpDecoder.decode(bytes(hex), options);
    }

    static String encode(BgpMessage message, WireOptions options) {
        ByteBuf out = Unpooled.buffer();
        BgpEncoder.encode(message, out, options);
        return ByteBufUtil.hexDump(out);
    }

    /// The message in good order.
    static BgpMessage message(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Message(BgpMessage message) -> message;
            case Decoded.Repaired _, Decoded.SessionError _, Decoded.Incomplete _ ->
                    throw new AssertionError(decoded);
        };
    }

    /// What a message says, even if an UPDATE lacks attributes and would become a withdrawal.
    static BgpMessage asSent(String hex, WireOptions options) {
        return switch (decode(hex, options)) {
            case Decoded.Repaired _ -> unjudged(bytes(hex), options);
            case Decoded decoded -> message(decoded);
        };
    }

    private static BgpMessage unjudged(ByteBuf in, WireOptions options) {
        return switch (UpdateDecoder.read(in, Frame.HEADER_LENGTH, in.capacity(), options)) {
            case UpdateDecoder.Legible(UpdateMessage update, AttributeReader _) -> update;
            case UpdateDecoder.Illegible(Decoded.SessionError error) ->
                    throw new AssertionError(error);
        };
    }
}
