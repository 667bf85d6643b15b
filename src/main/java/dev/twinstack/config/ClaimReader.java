package dev.twinstack.config;

import dev.twinstack.allocation.ClaimKey;
import dev.twinstack.allocation.ClaimRequest;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.crd.AddressClaimSpec;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads what an AddressClaim asks for. The webhook and the controller read with the same code.
public final class ClaimReader {

    /// What a claim turns out to be; `errors` is not empty.
    public sealed interface Reading {
        record Asks(ClaimRequest request) implements Reading {}

        record Wrong(List<ConfigError> errors) implements Reading {
            public Wrong {
                errors = List.copyOf(errors);
            }
        }
    }

    private ClaimReader() {}

    /// A claim of a user, with what its status says that it holds.
    public static Reading read(AddressClaim claim, Map<String, String> namespaceLabels) {
        Problems problems = new Problems(ConfigError.nameOf(claim));
        AddressClaimSpec spec = claim.getSpec();
        String namespace = String.valueOf(claim.getMetadata().getNamespace());
        if (spec == null || (spec.pool() == null) == spec.addresses().isEmpty()) {
            problems.invalid("spec", "exactly one of pool and addresses is needed");
            return new Reading.Wrong(problems.errors());
        }
        List<IpAddress> addresses = addresses(spec.addresses(), problems);
        if (spec.serviceRef() != null
                && spec.serviceRef().namespace() != null
                && !spec.serviceRef().namespace().equals(namespace)) {
            problems.invalid(
                    "spec.serviceRef.namespace",
                    "a claim serves Services of its own namespace, %s".formatted(namespace));
        }
        if (spec.retention() != null) {
            problems.invalid("spec.retention", "is set by the controller, in claims of its own");
        }
        return problems.isEmpty()
                ? new Reading.Asks(
                        new ClaimRequest(
                                new ClaimKey(namespace, claim.getMetadata().getName()),
                                namespaceLabels,
                                Optional.ofNullable(spec.pool()),
                                addresses,
                                spec.families().stream().map(ClaimReader::family).toList(),
                                held(claim),
                                Optional.ofNullable(spec.serviceRef())
                                        .map(ref -> new ServiceKey(namespace, ref.name()))))
                : new Reading.Wrong(problems.errors());
    }

    /// The addresses in the status; what is no address is not ours.
    public static List<IpAddress> held(AddressClaim claim) {
        return claim.getStatus() == null ? List.of() : parsed(claim.getStatus().addresses());
    }

    /// The addresses in a spec that the controller has written.
    public static List<IpAddress> parsed(List<String> texts) {
        return texts.stream()
                .flatMap(text -> {
                    try {
                        return Stream.of(IpAddress.parse(text));
                    } catch (IllegalArgumentException e) {
                        return Stream.of();
                    }
                })
                .toList();
    }

    private static List<IpAddress> addresses(List<String> texts, Problems problems) {
        List<IpAddress> addresses = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            String path = "spec.addresses[%d]".formatted(i);
            problems.read(path, () -> IpAddress.parse(text))
                    .ifPresent(address -> {
                        if (addresses.stream().anyMatch(a -> a.family() == address.family())) {
                            problems.invalid(
                                    path, "only one %s address".formatted(address.family()));
                        }
                        addresses.add(address);
                    });
        }
        return addresses;
    }

    private static IpFamily family(AddressClaimSpec.Family family) {
        return switch (family) {
            case IPV4 -> IpFamily.IPV4;
            case IPV6 -> IpFamily.IPV6;
        };
    }
}
