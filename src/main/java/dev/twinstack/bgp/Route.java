package dev.twinstack.bgp;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.IpPrefix;

/// A prefix and what is said with it.
public record Route(IpPrefix prefix, RouteAttributes attributes) {

    public Route {
        requireNonNull(prefix, "prefix");
        requireNonNull(attributes, "attributes");
    }
}
