package dev.twinstack.allocation;

import dev.twinstack.net.IpFamily;
import dev.twinstack.selector.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// How many addresses of a pool each of some namespaces may have, counted for each namespace alone.
/// An address that Services of one namespace share counts once; what is reserved, claimed or kept
/// for a namespace counts too.
///
/// A namespace is meant if `namespaces` names it or one of `namespaceSelectors` matches; a quota
/// with neither is for every namespace. An empty limit does not limit the family. A limit below
/// what is in use takes nothing away, it only gives nothing more.
public record Quota(
        Set<String> namespaces,
        List<LabelSelector> namespaceSelectors,
        OptionalLong ipv4,
        OptionalLong ipv6) {

    /// @throws IllegalArgumentException if a limit is negative
    public Quota {
        namespaces = Set.copyOf(namespaces);
        namespaceSelectors = List.copyOf(namespaceSelectors);
        if (ipv4.orElse(0) < 0 || ipv6.orElse(0) < 0) {
            throw new IllegalArgumentException("a quota must not be negative");
        }
    }

    boolean isFor(String namespace, Map<String, String> labels) {
        return (namespaces.isEmpty() && namespaceSelectors.isEmpty())
                || namespaces.contains(namespace)
                || namespaceSelectors.stream().anyMatch(selector -> selector.matches(labels));
    }

    OptionalLong limit(IpFamily family) {
        return switch (family) {
            case IPV4 -> ipv4;
            case IPV6 -> ipv6;
        };
    }
}
