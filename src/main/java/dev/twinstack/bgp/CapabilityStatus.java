package dev.twinstack.bgp;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// One capability of the last session (RFC 5492): who named it in its OPEN, and what came of it.
///
/// @param name in words, like `IPv6 unicast` or `graceful restart`
/// @param offered whether we named it
/// @param answered whether the peer did
/// @param inForce whether the session makes use of it
/// @param detail what the peer said with it, if that is of interest
public record CapabilityStatus(
        String name, boolean offered, boolean answered, boolean inForce, Optional<String> detail) {

    public CapabilityStatus {
        requireNonNull(name, "name");
        requireNonNull(detail, "detail");
    }
}
