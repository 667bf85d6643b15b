package dev.twinstack.allocation;

import dev.twinstack.selector.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `serviceAllocation` of a pool: which Services it is for, and how early it is tried among the
/// pools bound to a Service.
///
/// The namespace part (`namespaces` or one of `namespaceSelectors`) and the label part (one of
/// `serviceSelectors`) must both fit; an empty part fits everything. Unlike in MetalLB, selectors
/// that match no namespace leave the pool closed to everybody, not open on request.
public record PoolScope(
        int priority,
        Set<String> namespaces,
        List<LabelSelector> namespaceSelectors,
        List<LabelSelector> serviceSelectors) {

    public PoolScope {
        namespaces = Set.copyOf(namespaces);
        namespaceSelectors = List.copyOf(namespaceSelectors);
        serviceSelectors = List.copyOf(serviceSelectors);
    }

    /// The position among bound pools, lower first: the priority as written, but 0 (not set) last.
    int rank() {
        return priority == 0 ? Integer.MAX_VALUE : priority;
    }

    /// Why a Service may not use the pool, in words that follow the pool's name; empty if it may.
    Optional<String> excludes(AddressRequest request) {
        if (!namespaceFits(request.service().namespace(), request.namespaceLabels())) {
            return Optional.of(
                    "is not for namespace " + request.service().namespace() + namespaceText());
        }
        if (!serviceSelectors.isEmpty() && !anyMatches(serviceSelectors, request.serviceLabels())) {
            return Optional.of("is not for Services with these labels");
        }
        return Optional.empty();
    }

    private boolean namespaceFits(String namespace, Map<String, String> labels) {
        boolean anywhere = namespaces.isEmpty() && namespaceSelectors.isEmpty();
        return anywhere || namespaces.contains(namespace) || anyMatches(namespaceSelectors, labels);
    }

    private String namespaceText() {
        if (namespaces.isEmpty()) {
            return " (no namespace selector matches it)";
        }
        return " (only for " + String.join(", ", namespaces.stream().sorted().toList()) + ")";
    }

    private static boolean anyMatches(List<LabelSelector> selectors, Map<String, String> labels) {
        return selectors.stream().anyMatch(selector -> selector.matches(labels));
    }
}
