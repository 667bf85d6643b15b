package dev.twinstack.operator.controller;

import dev.twinstack.config.ConfigError;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.crd.AddressClaimSpec;
import dev.twinstack.crd.AddressClaimSpec.ServiceRef;
import dev.twinstack.crd.AddressClaimStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be had of an AddressClaim that is stored in a form that its kind does not have now: for
/// whom it is, and its addresses, which nobody else may get.
final class SalvagedClaim {

    private SalvagedClaim() {}

    /// @param isKept whether it is one of those in which the controller keeps addresses: these have
    ///   them in the spec only
    /// @throws IllegalStateException if its addresses can't be told
    static AddressClaim of(GenericKubernetesResource raw, boolean isKept) {
        List<String> addresses = texts(raw, isKept ? "spec" : "status");
        @Nullable ServiceRef service = service(raw);
        if (isKept && service == null) {
            throw unknown(raw);
        }
        AddressClaim claim = new AddressClaim();
        claim.setMetadata(raw.getMetadata());
        claim.setSpec(new AddressClaimSpec(null, addresses, List.of(), service, null));
        claim.setStatus(new AddressClaimStatus(addresses, null, List.of(), List.of()));
        return claim;
    }

    private static List<String> texts(GenericKubernetesResource raw, String part) {
        Object addresses = raw.get(part, "addresses");
        return switch (addresses) {
            case null -> List.of();
            case List<?> list ->
                    list.stream()
                            .map(each -> {
                                if (each instanceof String text) {
                                    return text;
                                }
                                throw unknown(raw);
                            })
                            .toList();
            default -> throw unknown(raw);
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
