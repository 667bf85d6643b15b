package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Whose each address is, as lists: what Services hold or have reserved, what claims have, what is
/// kept.
final class NaiveIndex {

    private record On(ServiceKey service, IpAddress address, Sharing sharing) {}

    private final Allocator allocator;
    private final List<On> services = new ArrayList<>();

    NaiveIndex(Allocator allocator, List<ServiceKey> keys) {
        this.allocator = allocator;
        for (ServiceKey key : keys) {
            add(key, allocator.holding(key));
            add(key, allocator.reservation(key));
        }
    }

    private void add(ServiceKey key, Holding holding) {
        holding.addresses().forEach(a -> services.add(new On(key, a, holding.sharing())));
    }

    boolean has(IpAddress address, ServiceKey service) {
        return services.stream()
                .anyMatch(on -> on.address().equals(address) && on.service().equals(service));
    }

    /// Whether nobody stands against the Service on this address.
    boolean leaves(IpAddress address, AddressRequest request) {
        return services.stream()
                        .filter(on -> on.address().equals(address))
                        .filter(on -> !on.service().equals(request.service()))
                        .allMatch(on -> mayShare(on.sharing(), request.sharing()))
                && isClaimUsable(address, request)
                && allocator.retained().stream()
                        .filter(kept -> kept.addresses().contains(address))
                        .allMatch(kept -> kept.service().equals(request.service()));
    }

    private boolean isClaimUsable(IpAddress address, AddressRequest request) {
        return allocator.claims().entrySet().stream()
                .filter(claim -> claim.getValue().addresses().contains(address))
                .allMatch(claim ->
                        claim.getValue()
                                .reservedFor()
                                .map(request.service()::equals)
                                .orElse(
                                        request.claim()
                                                .filter(claim.getKey()::equals)
                                                .isPresent()));
    }

    boolean isWithinQuota(Pool pool, IpAddress address, AddressRequest request) {
        String namespace = request.service().namespace();
        OptionalLong limit =
                pool.policy().limit(namespace, request.namespaceLabels(), address.family());
        return limit.isEmpty()
                || namespacesOn(address).contains(namespace)
                || used(pool, namespace, address) < limit.getAsLong();
    }

    private long used(Pool pool, String namespace, IpAddress like) {
        return NaiveModel.addresses(pool).stream()
                .filter(a -> a.family() == like.family() && namespacesOn(a).contains(namespace))
                .count();
    }

    Set<String> namespacesOn(IpAddress address) {
        Set<String> namespaces = new HashSet<>();
        services.stream()
                .filter(on -> on.address().equals(address))
                .forEach(on -> namespaces.add(on.service().namespace()));
        allocator
                .claims()
                .forEach((key, claim) -> {
                    if (claim.addresses().contains(address)) {
                        namespaces.add(key.namespace());
                    }
                });
        allocator.retained().stream()
                .filter(kept -> !kept.cooling() && kept.addresses().contains(address))
                .forEach(kept -> namespaces.add(kept.service().namespace()));
        return namespaces;
    }

    static boolean mayShare(Sharing a, Sharing b) {
        return !a.key().isEmpty()
                && a.key().equals(b.key())
                && a.backendKey().equals(b.backendKey())
                && Collections.disjoint(a.ports(), b.ports());
    }
}
