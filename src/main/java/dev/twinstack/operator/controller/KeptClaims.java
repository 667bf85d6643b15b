package dev.twinstack.operator.controller;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.config.ClaimReader;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.crd.AddressClaimSpec;
import dev.twinstack.crd.AddressClaimSpec.ServiceRef;
import dev.twinstack.crd.Twinstack;
import dev.twinstack.net.IpAddress;
import dev.twinstack.operator.controller.Retirement.Kept;
import dev.twinstack.operator.controller.Retirement.Times;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is kept for deleted Services stands in AddressClaims in the controller's own namespace, so
/// that it outlives a restart of everything: one a Service from its first addresses on, with the
/// times once it is deleted, and gone when they are over.
final class KeptClaims {

    private static final Logger log = LoggerFactory.getLogger(KeptClaims.class);

    private final KubernetesClient client;
    private final String namespace;
    private final CachedClaims claims;

    KeptClaims(KubernetesClient client, String namespace, CachedClaims claims) {
        this.client = client;
        this.namespace = namespace;
        this.claims = claims;
    }

    /// To be called before the status of the Service says that it has the addresses: whatever
    /// happens then, it is known whose they were. Blocks.
    void note(ServiceKey service, List<IpAddress> addresses) {
        bring(claims.kept(name(service)), new Kept(service, addresses, Optional.empty()));
    }

    /// Brings all of them in line with the book. Blocks. What could not be written is written the
    /// next time.
    void sync(Map<ServiceKey, Kept> wanted) {
        Map<String, AddressClaim> present = new HashMap<>();
        claims.kept().forEach(claim -> present.put(claim.getMetadata().getName(), claim));
        wanted.forEach(
                (service, kept) -> bring(Optional.ofNullable(present.remove(name(service))), kept));
        present.values().forEach(this::remove);
    }

    private void bring(Optional<AddressClaim> present, Kept kept) {
        AddressClaimSpec spec = spec(kept);
        if (present.isEmpty()) {
            create(kept.service(), spec);
        } else if (!present.get().getSpec().addresses().equals(spec.addresses())) {
            // Addresses of a claim can't be changed.
            remove(present.get());
            create(kept.service(), spec);
        } else if (!spec.equals(present.get().getSpec())) {
            update(present.get(), spec);
        }
    }

    private void create(ServiceKey service, AddressClaimSpec spec) {
        AddressClaim claim = new AddressClaim();
        claim.setMetadata(
                new ObjectMetaBuilder()
                        .withNamespace(namespace)
                        .withName(name(service))
                        .addToLabels(Twinstack.KEPT_LABEL, "true")
                        .build());
        claim.setSpec(spec);
        unlessOvertaken(() -> objects().resource(claim).create());
    }

    private void update(AddressClaim present, AddressClaimSpec spec) {
        AddressClaim claim = new AddressClaim();
        claim.setMetadata(new ObjectMetaBuilder(present.getMetadata()).build());
        claim.setSpec(spec);
        unlessOvertaken(() -> objects().resource(claim).update());
        if (spec.retention() != null) {
            log.atInfo()
                    .addKeyValue("service", service(claim).orElse(null))
                    .addKeyValue("addresses", spec.addresses())
                    .addKeyValue("keepUntil", spec.retention().keepUntil())
                    .addKeyValue("reusableFrom", spec.retention().reusableFrom())
                    .log("Addresses of a deleted Service are kept");
        }
    }

    private void remove(AddressClaim claim) {
        unlessOvertaken(() -> objects().withName(claim.getMetadata().getName()).delete());
    }

    /// The cache may be behind what we wrote ourselves a moment ago.
    private static void unlessOvertaken(Runnable write) {
        try {
            write.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT
                    && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    private NonNamespaceOperation<AddressClaim, ?, Resource<AddressClaim>> objects() {
        return client.resources(AddressClaim.class).inNamespace(namespace);
    }

    /// Names of namespaces have no dots, so this is unambiguous.
    static String name(ServiceKey service) {
        return service.namespace() + "." + service.name();
    }

    private static AddressClaimSpec spec(Kept kept) {
        return new AddressClaimSpec(
                null,
                kept.addresses().stream().map(IpAddress::toString).toList(),
                List.of(),
                new ServiceRef(kept.service().namespace(), kept.service().name()),
                kept.times().map(KeptClaims::written).orElse(null));
    }

    private static AddressClaimSpec.Retention written(Times times) {
        return new AddressClaimSpec.Retention(
                times.keepUntil().truncatedTo(ChronoUnit.SECONDS).toString(),
                times.reusableFrom().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /// What such a claim says; empty for one that says nothing sensible.
    static Optional<Kept> read(AddressClaim claim) {
        return service(claim)
                .map(service ->
                        new Kept(
                                service,
                                ClaimReader.parsed(claim.getSpec().addresses()),
                                Optional.ofNullable(claim.getSpec().retention())
                                        .flatMap(KeptClaims::times)));
    }

    static Optional<ServiceKey> service(AddressClaim claim) {
        @Nullable ServiceRef ref = claim.getSpec() == null ? null : claim.getSpec().serviceRef();
        return ref == null || ref.namespace() == null
                ? Optional.empty()
                : Optional.of(new ServiceKey(ref.namespace(), ref.name()));
    }

    private static Optional<Times> times(AddressClaimSpec.Retention written) {
        try {
            return Optional.of(
                    new Times(
                            Instant.parse(written.keepUntil()),
                            Instant.parse(written.reusableFrom())));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
