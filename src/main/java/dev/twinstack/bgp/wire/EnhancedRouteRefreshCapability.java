package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;

/// A refresh is bracketed by begin and end (RFC 7313).
public record EnhancedRouteRefreshCapability() implements Capability {

    public static final int CODE = 70;

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public void encodeValue(ByteBuf out) {
        // no value
    }
}
