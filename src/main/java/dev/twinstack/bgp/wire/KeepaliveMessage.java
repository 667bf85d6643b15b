package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;

/// "I am still here": a header and nothing else (RFC 4271 section 4.4).
public record KeepaliveMessage() implements BgpMessage {

    public static final int TYPE = 4;

    public static final KeepaliveMessage INSTANCE = new KeepaliveMessage();

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public void encodeBody(ByteBuf out, WireOptions options) {
        // nothing behind the header
    }
}
