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

    /// The message, as it was sent if it had to be repaired.
    static BgpMessage received(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Message(BgpMessage message) -> message;
            case Decoded.Repaired repaired -> repaired.received();
            case Decoded.SessionError error -> throw new AssertionError(error);
            case Decoded.Incomplete _ -> throw new AssertionError("incomplete");
        };
    }
}
