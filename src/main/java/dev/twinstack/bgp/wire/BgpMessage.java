package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;

/// One BGP message without its header (RFC 4271 section 4).
public sealed interface BgpMessage
        permits OpenMessage,
                UpdateMessage,
                NotificationMessage,
                KeepaliveMessage,
                RouteRefreshMessage {

    /// The type octet of the header.
    int type();

    /// Appends everything behind the header.
    void encodeBody(ByteBuf out, WireOptions options);
}
