package dev.twinstack.operator.controller;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.twinstack.admission.ServiceIngress;
import dev.twinstack.admission.ServicePage;
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
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds out what all Services hold, from the API server itself: the cache of a new leader may not
/// have seen the last writes of the old one.
final class Takeover {

    private static final long PAGE = 500;
    private static final String SERVICES = "/api/v1/services?limit=";

    private final KubernetesClient client;
    private final ServiceReader reader;
    private final Function<String, Optional<Map<String, String>>> namespaceLabels;
    private final Predicate<AddressClaim> isKept;

    /// Claims by who they are of.
    ///
    /// @param users those that users have made
    /// @param kept those in which addresses of deleted Services are kept
    record Claims(List<ClaimDesk.Found> users, List<Retirement.Kept> kept) {}

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
    /// @throws IllegalStateException if one can't be read, not even which addresses it has
    Claims claims() {
        List<ClaimDesk.Found> users = new ArrayList<>();
        List<Retirement.Kept> kept = new ArrayList<>();
        String next = null;
        do {
            var page = client.resources(AddressClaim.class).inAnyNamespace().list(pageFrom(next));
            for (AddressClaim stored : page.getItems()) {
                AddressClaim claim = Unreadable.isReadable(stored) ? stored : salvaged(stored);
                if (isKept.test(claim)) {
                    KeptClaims.read(claim).ifPresent(kept::add);
                } else {
                    users.add(found(claim));
                }
            }
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return new Claims(users, kept);
    }

    /// Its addresses must not go to others.
    private AddressClaim salvaged(AddressClaim unreadable) {
        GenericKubernetesResource raw =
                client.genericKubernetesResources(
                                HasMetadata.getApiVersion(AddressClaim.class), unreadable.getKind())
                        .inNamespace(unreadable.getMetadata().getNamespace())
                        .withName(unreadable.getMetadata().getName())
                        .get();
        return raw == null ? unreadable : SalvagedClaim.of(raw, isKept.test(unreadable));
    }

    private static ClaimDesk.Found found(AddressClaim claim) {
        ClaimKey key = CachedClaims.key(claim);
        return new ClaimDesk.Found(
                key,
                ClaimReader.held(claim),
                Optional.ofNullable(claim.getSpec())
                        .flatMap(spec -> Optional.ofNullable(spec.serviceRef()))
                        .map(ref -> new ServiceKey(key.namespace(), ref.name())));
    }

    /// All Services that are ours; empty while the namespace of one has not been seen, whose labels
    /// decide about its pools. Blocks.
    Optional<List<Found>> services() {
        List<Found> found = new ArrayList<>();
        String next = null;
        do {
            ServicePage page = page(next);
            for (Service service : page.services()) {
                Optional<Map<String, String>> labels =
                        namespaceLabels.apply(service.getMetadata().getNamespace());
                if (labels.isEmpty()) {
                    return Optional.empty();
                }
                read(service, labels.get()).ifPresent(found::add);
            }
            next = page.next();
        } while (next != null);
        return Optional.of(found);
    }

    /// Nobody is answered before all Services are read, and the full model takes four times as
    /// long.
    private ServicePage page(@Nullable String next) {
        String from = next == null ? "" : "&continue=" + URLEncoder.encode(next, UTF_8);
        return Optional.ofNullable(client.raw(SERVICES + PAGE + from))
                .flatMap(ServicePage::read)
                .orElseGet(() -> fullPage(next));
    }

    private ServicePage fullPage(@Nullable String next) {
        ServiceList page = client.services().inAnyNamespace().list(pageFrom(next));
        return new ServicePage(page.getItems(), page.getMetadata().getContinue());
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
