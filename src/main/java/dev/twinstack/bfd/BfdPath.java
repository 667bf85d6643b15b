package dev.twinstack.bfd;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.Optional;

/// What one session watches, and the name it goes by: there is one session for a path, however many
/// protocols ask for it (RFC 5881 section 2).
///
/// @param local our address; empty leaves it to the kernel's routes
/// @param device the interface of a link-local address; needed for one in IPv6
/// @param multihop whether there are routers between (RFC 5883)
public record BfdPath(
        IpAddress remote, Optional<IpAddress> local, Optional<String> device, boolean multihop) {

    public BfdPath {
        requireNonNull(remote, "remote");
        if (local.isPresent() && local.get().family() != remote.family()) {
            throw new IllegalArgumentException(
                    "%s can't reach %s: they are of two families".formatted(local.get(), remote));
        }
        boolean zoned = remote.family() == IpFamily.IPV6 && remote.isLinkLocal();
        if (zoned && device.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s is link-local: its interface is needed".formatted(remote));
        }
        if (zoned && multihop) {
            throw new IllegalArgumentException(
                    "%s is link-local: there are no hops to it".formatted(remote));
        }
    }

    /// To a direct neighbour, from whatever address the kernel chooses.
    public static BfdPath to(IpAddress remote) {
        return new BfdPath(remote, Optional.empty(), Optional.empty(), false);
    }

    public BfdPath from(IpAddress local) {
        return new BfdPath(remote, Optional.of(local), device, multihop);
    }

    @Override
    public String toString() {
        return remote
                + device.map(name -> "%" + name).orElse("")
                + local.map(address -> " from " + address).orElse("")
                + (multihop ? " (multihop)" : "");
    }
}
