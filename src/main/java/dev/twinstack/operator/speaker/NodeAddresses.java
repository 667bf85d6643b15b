package dev.twinstack.operator.speaker;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What this node calls itself on its sessions. A change of it resets them, so it stays as it is
/// while it is right.
///
/// @param byFamily the next hop of routes of a family that a session is not carried over: at most
///   one of each family, none of them link-local or loopback
/// @param routerId the BGP identifier where none is configured
record NodeAddresses(Map<IpFamily, IpAddress> byFamily, IpAddress routerId) {

    NodeAddresses {
        byFamily = Map.copyOf(byFamily);
    }

    /// The first usable `InternalIP` of each family, else the first usable address beside one. Not
    /// any other: bridges of containers have addresses that lead nowhere for a router.
    ///
    /// @param internal as the Node object has them; what is no address is passed over
    /// @param beside what the interfaces of the internal addresses have, in order of preference
    static NodeAddresses of(String node, List<String> internal, Collection<IpAddress> beside) {
        return of(node, internal, beside, null);
    }

    /// The same later: what is still there is kept, also if it would not be chosen now. A Node
    /// without any address tells nothing.
    NodeAddresses next(String node, List<String> internal, Collection<IpAddress> beside) {
        return parse(internal).isEmpty() ? this : of(node, internal, beside, this);
    }

    /// What of these texts is an address that a router can reach.
    static List<IpAddress> parse(Collection<String> texts) {
        return texts.stream()
                .flatMap(text -> parse(text).stream())
                .filter(NodeAddresses::isUsable)
                .toList();
    }

    private static NodeAddresses of(
            String node,
            List<String> internal,
            Collection<IpAddress> beside,
            @Nullable NodeAddresses before) {
        Map<IpFamily, IpAddress> byFamily = new EnumMap<>(IpFamily.class);
        List<IpAddress> own = parse(internal);
        List<IpAddress> others = beside.stream().filter(NodeAddresses::isUsable).toList();
        for (IpFamily family : IpFamily.values()) {
            IpAddress earlier = before == null ? null : before.byFamily().get(family);
            choice(own, family, earlier)
                    .or(() -> choice(others, family, earlier))
                    .ifPresent(address -> byFamily.put(family, address));
        }
        IpAddress named = named(node);
        if (before != null && isStill(before.routerId(), named, own, others)) {
            return new NodeAddresses(byFamily, before.routerId());
        }
        return new NodeAddresses(byFamily, byFamily.getOrDefault(IpFamily.IPV4, named));
    }

    private static boolean isStill(
            IpAddress routerId, IpAddress named, List<IpAddress> own, List<IpAddress> others) {
        return routerId.equals(named) || own.contains(routerId) || others.contains(routerId);
    }

    private static Optional<IpAddress> choice(
            List<IpAddress> candidates, IpFamily family, @Nullable IpAddress earlier) {
        return earlier != null && candidates.contains(earlier)
                ? Optional.of(earlier)
                : candidates.stream().filter(address -> address.family() == family).findFirst();
    }

    /// A number made from the node's name, in 240.0.0.0/4 so that it is nobody's address (any but 0
    /// is legal, RFC 6286).
    private static IpAddress named(String node) {
        return IpAddress.ofIpv4(ByteBuffer.wrap(NameHash.of(node)).getInt() | 0xf000_0000);
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
}
