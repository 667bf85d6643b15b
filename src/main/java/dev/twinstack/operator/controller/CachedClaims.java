package dev.twinstack.operator.controller;

import dev.twinstack.allocation.ClaimKey;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.crd.Twinstack;
import dev.twinstack.operator.Unreadable;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The reconciler's claims, and the way to have one looked at again.
final class CachedClaims {

    private final SimpleInboundEventSource<AddressClaim> wakeups =
            new SimpleInboundEventSource<>("wakeups");
    private final String namespace;
    private volatile @Nullable Cache<AddressClaim> cache;

    /// @param namespace the one of the controller, where it keeps claims of its own
    CachedClaims(String namespace) {
        this.namespace = namespace;
    }

    void use(Cache<AddressClaim> claims) {
        cache = claims;
    }

    SimpleInboundEventSource<AddressClaim> wakeups() {
        return wakeups;
    }

    void wake(ClaimKey claim) {
        wakeups.propagateEvent(new ResourceID(claim.name(), claim.namespace()));
    }

    /// All that users have made, to be looked at again.
    void wakeAll() {
        Cache<AddressClaim> claims = cache;
        if (claims != null) {
            claims.list(claim -> !isKept(claim)).forEach(claim -> wake(key(claim)));
        }
    }

    /// Those in which the controller keeps addresses of deleted Services, if they can be read.
    List<AddressClaim> kept() {
        Cache<AddressClaim> claims = cache;
        return claims == null ? List.of() : claims.list(this::isKeptAndReadable).toList();
    }

    Optional<AddressClaim> kept(String name) {
        Cache<AddressClaim> claims = cache;
        return claims == null
                ? Optional.empty()
                : claims.get(new ResourceID(name, namespace)).filter(this::isKeptAndReadable);
    }

    boolean isKept(AddressClaim claim) {
        Map<String, String> labels = claim.getMetadata().getLabels();
        return namespace.equals(claim.getMetadata().getNamespace())
                && labels != null
                && "true".equals(labels.get(Twinstack.KEPT_LABEL));
    }

    private boolean isKeptAndReadable(AddressClaim claim) {
        return isKept(claim) && Unreadable.isReadable(claim) && claim.getSpec() != null;
    }

    static ClaimKey key(AddressClaim claim) {
        return new ClaimKey(claim.getMetadata().getNamespace(), claim.getMetadata().getName());
    }
}
