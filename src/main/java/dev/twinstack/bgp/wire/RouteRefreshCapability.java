package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;

/// All routes are sent again on request (RFC 2918).
///
/// @param code 2, or 128 from before the RFC, which means the same
public record RouteRefreshCapability(int code) implements Capability {

    public static final int CODE = 2;
    public static final int OLD_CODE = 128;

    public RouteRefreshCapability {
        if (code != CODE && code != OLD_CODE) {
            throw new IllegalArgumentException("Route refresh is 2 or 128, not " + code);
        }
    }

    public RouteRefreshCapability() {
        this(CODE);
    }

    @Override
    public void encodeValue(ByteBuf out) {
        // no value
    }
}
