package dev.twinstack.allocation;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What decides whether two Services may hold one address (`metallb.io/allow-shared-ip`).
///
/// They may if both have the same key, not empty, no port in common, and equal backend keys. The
/// backend key is empty for `externalTrafficPolicy: Cluster`, and names the Pod selector for
/// `Local`: traffic for one address goes to one node, which must serve both Services.
public record Sharing(String key, Set<PortKey> ports, String backendKey) {

    /// Never shares.
    public static final Sharing NONE = new Sharing("", Set.of(), "");

    public Sharing {
        ports = Set.copyOf(ports);
    }

    /// The same with more ports.
    Sharing with(Set<PortKey> more) {
        Set<PortKey> all = new HashSet<>(ports);
        all.addAll(more);
        return new Sharing(key, all, backendKey);
    }

    /// Whether the Service asks to share at all.
    public boolean isShared() {
        return !key.isEmpty();
    }

    /// The condition that keeps this Service off an address that `other` has, in words that name
    /// it; empty if both may have it.
    Optional<String> conflictWith(ServiceKey owner, Sharing other) {
        if (!other.isShared()) {
            return Optional.of(owner + " does not share it");
        }
        if (!isShared()) {
            return Optional.of(
                    "%s shares it under key \"%s\", this Service names no sharing key"
                            .formatted(owner, other.key));
        }
        if (!key.equals(other.key)) {
            return Optional.of(
                    "%s shares it under key \"%s\", not \"%s\"".formatted(owner, other.key, key));
        }
        Set<PortKey> common = new TreeSet<>(ports);
        common.retainAll(other.ports);
        if (!common.isEmpty()) {
            return Optional.of("port %s is used by %s".formatted(common.iterator().next(), owner));
        }
        if (!backendKey.equals(other.backendKey)) {
            return Optional.of(
                    "%s has another externalTrafficPolicy or, with Local, another Pod selector"
                            .formatted(owner));
        }
        return Optional.empty();
    }
}
