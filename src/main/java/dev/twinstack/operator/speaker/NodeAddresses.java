package dev.twinstack.operator.speaker;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// This node's address of each family, the next hop of routes of a family that a session is not
/// carried over.
///
/// @param byFamily at most one of each family, none of them link-local or loopback
record NodeAddresses(String node, Map<IpFamily, IpAddress> byFamily) {

    NodeAddresses {
        byFamily = Map.copyOf(byFamily);
    }

    /// The first usable `InternalIP` of each family, else the first usable address of an interface.
    ///
    /// @param internal as the Node object has them; what is no address is passed over
    /// @param interfaces in the order of preference
    static NodeAddresses of(String node, List<String> internal, Collection<IpAddress> interfaces) {
        Map<IpFamily, IpAddress> byFamily = new EnumMap<>(IpFamily.class);
        for (String text : internal) {
            parse(text)
                    .filter(NodeAddresses::isUsable)
                    .ifPresent(address -> byFamily.putIfAbsent(address.family(), address));
        }
        for (IpAddress address : interfaces) {
            if (isUsable(address)) {
                byFamily.putIfAbsent(address.family(), address);
            }
        }
        return new NodeAddresses(node, byFamily);
    }

    /// The BGP identifier where none is configured: the IPv4 address, else a number made from the
    /// node's name, in 240.0.0.0/4 so that it is nobody's address (any but 0 is legal, RFC 6286).
    IpAddress routerId() {
        IpAddress ipv4 = byFamily.get(IpFamily.IPV4);
        return ipv4 != null ? ipv4 : IpAddress.ofIpv4(hash(node) | 0xf000_0000);
    }

    private static boolean isUsable(IpAddress address) {
        return !address.isLinkLocal()
                && !address.isLoopback()
                && !address.isMulticast()
                && !address.isUnspecified();
    }

    private static Optional<IpAddress> parse(String text) {
        try {
            return Optional.of(IpAddress.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
