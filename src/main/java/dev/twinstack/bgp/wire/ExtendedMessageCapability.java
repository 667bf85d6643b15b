package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;

/// Messages other than OPEN and KEEPALIVE may have up to 65535 octets (RFC 8654).
public record ExtendedMessageCapability() implements Capability {

    public static final int CODE = 6;

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public void encodeValue(ByteBuf out) {
        // no value
    }
}
