package dev.twinstack.bgp;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.IpAddress;
import java.net.InetSocketAddress;

/// Where to wait for peers. The unspecified address means all addresses of its family.
///
/// @param port 0 lets the kernel choose
public record ListenAddress(IpAddress address, int port) {

    public ListenAddress {
        requireNonNull(address, "address");
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port %d is not in 0..65535".formatted(port));
        }
    }

    public InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(address.toInetAddress(), port);
    }

    @Override
    public String toString() {
        return switch (address.family()) {
            case IPV4 -> address + ":" + port;
            case IPV6 -> "[" + address + "]:" + port;
        };
    }
}
