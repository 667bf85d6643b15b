package dev.twinstack.operator.controller;

import dev.twinstack.admission.ServiceIngress;
import dev.twinstack.admission.ServiceReader;
import dev.twinstack.admission.ServiceReading;
import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.ClaimKey;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.config.ClaimReader;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.operator.Unreadable;
import dev.twinstack.operator.controller.AddressBook.Found;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out what all Services hold, from the API server itself: the cache of a new leader may not
/// have seen the last writes of the old one.
final class Takeover {

    private static final Logger log = LoggerFactory.getLogger(Takeover.class);
    private static final long PAGE = 500;

    private final KubernetesClient client;
    private final ServiceReader reader;
    private final Function<String, Optional<Map<String, String>>> namespaceLabels;
    private final Predicate<AddressClaim> isKept;

    /// Claims by who they are of.
    ///
    /// @param users those that users have made
    /// @param kept those in which addresses of deleted Services are kept
    record Claims(List<ClaimDesk.Found> users, List<Retirement.Kept> kept) {}

    /// @param unseen the namespaces of Services that have not been seen
    record Services(List<Found> found, Set<String> unseen) {}

    /// @param namespaceLabels empty for a namespace that has not been seen yet
    Takeover(
            KubernetesClient client,
            ServiceReader reader,
            Function<String, Optional<Map<String, String>>> namespaceLabels,
            Predicate<AddressClaim> isKept) {
        this.client = client;
        this.reader = reader;
        this.namespaceLabels = namespaceLabels;
        this.isKept = isKept;
    }

    /// All claims; to be called before [#services], so that no Service is seen without the claim
    /// that it took up. Blocks.
    ///
    /// @throws IllegalStateException if one of a user can't be read, not even which addresses it
    ///   has
    Claims claims() {
        List<ClaimDesk.Found> users = new ArrayList<>();
        List<Retirement.Kept> kept = new ArrayList<>();
        String next = null;
        do {
            var page = client.resources(AddressClaim.class).inAnyNamespace().list(pageFrom(next));
            for (AddressClaim stored : page.getItems()) {
                Optional<AddressClaim> claim =
                        Unreadable.isReadable(stored) ? Optional.of(stored) : salvaged(stored);
                claim.filter(isKept).flatMap(KeptClaims::read).ifPresent(kept::add);
                claim.filter(isKept.negate()).map(Takeover::found).ifPresent(users::add);
            }
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return new Claims(users, kept);
    }

    /// Its addresses must not go to others. One of ours that does not say for whom keeps nothing:
    /// it is named and left out.
    private Optional<AddressClaim> salvaged(AddressClaim unreadable) {
        GenericKubernetesResource raw =
                client.genericKubernetesResources(
                                HasMetadata.getApiVersion(AddressClaim.class), unreadable.getKind())
                        .inNamespace(unreadable.getMetadata().getNamespace())
                        .withName(unreadable.getMetadata().getName())
                        .get();
        if (raw == null) {
            return Optional.empty();
        }
        if (!isKept.test(unreadable)) {
            return Optional.of(SalvagedClaim.ofUser(raw));
        }
        Optional<AddressClaim> ours = SalvagedClaim.ofOurs(raw);
        if (ours.isEmpty()) {
            log.atWarn()
                    .addKeyValue("claim", CachedClaims.key(unreadable))
                    .log(
                            "A claim for a deleted Service can't be read and keeps nothing, delete it");
        }
        return ours;
    }

    private static ClaimDesk.Found found(AddressClaim claim) {
        ClaimKey key = CachedClaims.key(claim);
        return new ClaimDesk.Found(
                key,
                ClaimReader.held(claim),
                Optional.ofNullable(claim.getSpec())
                        .flatMap(spec -> Optional.ofNullable(spec.serviceRef()))
                        .map(ref -> new ServiceKey(key.namespace(), ref.name())),
                claim.getMetadata().getDeletionTimestamp() != null);
    }

    /// All Services that are ours; those of a namespace that has not been seen, whose labels decide
    /// about pools, as if it had none. Blocks.
    Services services() {
        List<Found> found = new ArrayList<>();
        Set<String> unseen = new TreeSet<>();
        String next = null;
        do {
            ServiceList page = page(next);
            for (Service service : page.getItems()) {
                String namespace = service.getMetadata().getNamespace();
                Optional<Map<String, String>> labels = namespaceLabels.apply(namespace);
                read(service, labels.orElse(Map.of()))
                        .ifPresent(its -> {
                            found.add(its);
                            if (labels.isEmpty()) {
                                unseen.add(namespace);
                            }
                        });
            }
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return new Services(found, unseen);
    }

    private ServiceList page(@Nullable String next) {
        return client.services().inAnyNamespace().list(pageFrom(next));
    }

    private static ListOptions pageFrom(@Nullable String next) {
        return new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build();
    }

    private Optional<Found> read(Service service, Map<String, String> labels) {
        return switch (reader.stored(service, labels)) {
            case ServiceReading.NotLoadBalancer _, ServiceReading.OtherClass _ -> Optional.empty();
            case ServiceReading.NoClusterIp _, ServiceReading.Wrong _ ->
                    Optional.of(found(service, Optional.empty()));
            case ServiceReading.Asks asks ->
                    Optional.of(found(service, Optional.of(asks.request())));
        };
    }

    private static Found found(Service service, Optional<AddressRequest> request) {
        return new Found(
                ServicePass.key(service),
                ServicePass.created(service),
                ServiceIngress.addresses(service),
                request);
    }
}
