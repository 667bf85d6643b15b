package dev.twinstack.operator.controller;

import dev.twinstack.admission.ServiceIngress;
import dev.twinstack.admission.ServiceReader;
import dev.twinstack.admission.ServiceReading;
import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.operator.controller.AddressBook.Found;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds out what all Services hold, from the API server itself: the cache of a new leader may not
/// have seen the last writes of the old one.
final class Takeover {

    private static final long PAGE = 500;

    private final KubernetesClient client;
    private final ServiceReader reader;
    private final Function<String, Optional<Map<String, String>>> namespaceLabels;

    /// @param namespaceLabels empty for a namespace that has not been seen yet
    Takeover(
            KubernetesClient client,
            ServiceReader reader,
            Function<String, Optional<Map<String, String>>> namespaceLabels) {
        this.client = client;
        this.reader = reader;
        this.namespaceLabels = namespaceLabels;
    }

    /// All Services that are ours; empty while the namespace of one has not been seen, whose labels
    /// decide about its pools. Blocks.
    Optional<List<Found>> services() {
        List<Found> found = new ArrayList<>();
        String next = null;
        do {
            ServiceList page = page(next);
            for (Service service : page.getItems()) {
                Optional<Map<String, String>> labels =
                        namespaceLabels.apply(service.getMetadata().getNamespace());
                if (labels.isEmpty()) {
                    return Optional.empty();
                }
                read(service, labels.get()).ifPresent(found::add);
            }
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return Optional.of(found);
    }

    private ServiceList page(@Nullable String next) {
        return client.services()
                .inAnyNamespace()
                .list(new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build());
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
