package dev.twinstack.bgp.transport;

import dev.twinstack.net.IpFamily;
import io.netty.channel.socket.InternetProtocolFamily;

/// Sockets are of the peer's own family, never dual-stack: options and addresses mean one thing.
final class Protocols {

    private Protocols() {}

    static InternetProtocolFamily of(IpFamily family) {
        return switch (family) {
            case IPV4 -> InternetProtocolFamily.IPv4;
            case IPV6 -> InternetProtocolFamily.IPv6;
        };
    }
}
