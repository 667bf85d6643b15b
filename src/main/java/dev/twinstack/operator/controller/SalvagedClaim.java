package dev.twinstack.operator.controller;

import dev.twinstack.config.ConfigError;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.crd.AddressClaimSpec;
import dev.twinstack.crd.AddressClaimSpec.ServiceRef;
import dev.twinstack.crd.AddressClaimStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be had of an AddressClaim that is stored in a form that its kind does not have now: for
/// whom it is, and its addresses, which nobody else may get.
final class SalvagedClaim {

    private SalvagedClaim() {}

    /// A user's, whose addresses stand in its status.
    ///
    /// @throws IllegalStateException if they can't be told
    static AddressClaim ofUser(GenericKubernetesResource raw) {
        return claim(raw, texts(raw, "status").orElseThrow(() -> unknown(raw)), service(raw));
    }

    /// One of those in which the controller keeps addresses, which stand in its spec; empty if it
    /// does not say which, or for whom.
    static Optional<AddressClaim> ofOurs(GenericKubernetesResource raw) {
        ServiceRef service = service(raw);
        return service == null || service.namespace() == null
                ? Optional.empty()
                : texts(raw, "spec").map(addresses -> claim(raw, addresses, service));
    }

    private static AddressClaim claim(
            GenericKubernetesResource raw, List<String> addresses, @Nullable ServiceRef service) {
        AddressClaim claim = new AddressClaim();
        claim.setMetadata(raw.getMetadata());
        claim.setSpec(new AddressClaimSpec(null, addresses, List.of(), service, null));
        claim.setStatus(new AddressClaimStatus(addresses, null, List.of(), List.of()));
        return claim;
    }

    /// Empty if they can't be told.
    private static Optional<List<String>> texts(GenericKubernetesResource raw, String part) {
        return switch (raw.<Object>get(part, "addresses")) {
            case null -> Optional.of(List.of());
            case List<?> list when list.stream().allMatch(String.class::isInstance) ->
                    Optional.of(list.stream().map(String.class::cast).toList());
            case Object _ -> Optional.empty();
        };
    }

    private static @Nullable ServiceRef service(GenericKubernetesResource raw) {
        Object namespace = raw.get("spec", "serviceRef", "namespace");
        return raw.get("spec", "serviceRef", "name") instanceof String name
                ? new ServiceRef(namespace instanceof String text ? text : null, name)
                : null;
    }

    private static IllegalStateException unknown(GenericKubernetesResource raw) {
        return new IllegalStateException(
                ConfigError.nameOf(raw) + " can't be read, write it anew or delete it");
    }
}
