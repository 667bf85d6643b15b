package dev.twinstack.operator.controller;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.config.ClaimReader;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.crd.AddressClaimSpec;
import dev.twinstack.crd.AddressClaimSpec.ServiceRef;
import dev.twinstack.net.IpAddress;
import dev.twinstack.operator.Unreadable;
import dev.twinstack.operator.controller.Retirement.Kept;
import dev.twinstack.operator.controller.Retirement.Times;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is kept for deleted Services stands in AddressClaims in the controller's own namespace, so
/// that it outlives a restart of everything: one a Service from its first addresses on, with the
/// times once it is deleted, and gone when they are over. A Service that was created again with
/// other addresses has one for these, too.
final class KeptClaims {

    private final KeptClaimWriter writer;
    private final CachedClaims claims;
    private final AtomicBoolean touched = new AtomicBoolean(true);
    private @Nullable Object synced;

    KeptClaims(KubernetesClient client, String namespace, CachedClaims claims) {
        this.writer = new KeptClaimWriter(client, namespace, claims::isKept);
        this.claims = claims;
    }

    /// To be called before the status of the Service says that it has the addresses: whatever
    /// happens then, it is known whose they were. Blocks.
    ///
    /// @throws RuntimeException if it could not be written: the status has to wait
    void note(Kept living) {
        Map<String, AddressClaim> own = new HashMap<>();
        for (String name : KeptClaimWriter.names(living.service())) {
            claims.kept(name).ifPresent(claim -> own.put(name, claim));
        }
        writer.write(own, living);
    }

    /// Somebody has changed one of them. For any thread.
    void touched() {
        touched.set(true);
    }

    /// As [#sync], unless neither the book nor one of the claims has changed since. For one thread.
    void follow(AddressBook book) {
        Object state = book.state();
        if (!touched.getAndSet(false) && state.equals(synced)) {
            return;
        }
        synced = null;
        sync(book::kept);
        synced = state;
    }

    /// Brings all of them in line with the book. Blocks. What can't be written keeps nothing else
    /// from being written.
    ///
    /// @param wanted what the book keeps, read after the claims: what is noted meanwhile is in it
    /// @throws RuntimeException the first failure
    void sync(Supplier<List<Kept>> wanted) {
        Map<String, AddressClaim> present = new HashMap<>();
        claims.kept().forEach(claim -> present.put(claim.getMetadata().getName(), claim));
        Map<ServiceKey, List<Kept>> byService =
                wanted.get().stream()
                        .collect(groupingBy(Kept::service, LinkedHashMap::new, toList()));
        Failures failures = new Failures();
        byService.forEach((service, kept) -> {
            Map<String, AddressClaim> own = new HashMap<>();
            for (String name : KeptClaimWriter.names(service)) {
                AddressClaim claim = present.remove(name);
                if (claim != null) {
                    own.put(name, claim);
                }
            }
            failures.attempt(() -> bring(own, kept));
        });
        present.values().forEach(claim -> failures.attempt(() -> writer.remove(claim)));
        failures.rethrow();
    }

    /// Nothing goes before what takes its place is there.
    private void bring(Map<String, AddressClaim> own, List<Kept> kept) {
        Set<String> used = new HashSet<>();
        kept.forEach(each -> used.add(writer.write(own, each)));
        own.keySet().removeAll(used);
        own.values().forEach(writer::remove);
    }

    /// What is kept no longer because this claim was deleted: the addresses of one with times that
    /// no other one of the Service names. So it is not our own tidying up that ends it.
    Optional<Kept> ended(AddressClaim deleted) {
        return Optional.of(deleted)
                .filter(Unreadable::isReadable)
                .flatMap(KeptClaims::read)
                .filter(kept -> kept.times().isPresent())
                .map(kept -> {
                    List<IpAddress> left = new ArrayList<>(kept.addresses());
                    for (String name : KeptClaimWriter.names(kept.service())) {
                        claims.kept(name)
                                .filter(other -> !isSame(other, deleted))
                                .flatMap(KeptClaims::read)
                                .ifPresent(other -> left.removeAll(other.addresses()));
                    }
                    return new Kept(kept.service(), left, kept.times());
                })
                .filter(kept -> !kept.addresses().isEmpty());
    }

    private static boolean isSame(AddressClaim one, AddressClaim other) {
        return Objects.equals(one.getMetadata().getUid(), other.getMetadata().getUid());
    }

    static AddressClaimSpec spec(Kept kept) {
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
