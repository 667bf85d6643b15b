package dev.twinstack.operator.speaker;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.announce.ServingEndpoints;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the endpoints of Services as they are asked for: of a few one by one, of many all at once.
/// Each is read once. Not thread-safe.
final class EndpointReading implements Function<ServiceKey, ServingEndpoints> {

    private static final int FEW = 10;

    private final KubernetesClient client;
    private final Map<ServiceKey, ServingEndpoints> known = new HashMap<>();
    private @Nullable Map<ServiceKey, List<EndpointSlice>> all;

    EndpointReading(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public ServingEndpoints apply(ServiceKey service) {
        return known.computeIfAbsent(service, this::read);
    }

    private ServingEndpoints read(ServiceKey service) {
        if (all == null && known.size() < FEW) {
            return ClusterViews.endpoints(
                    client.discovery()
                            .v1()
                            .endpointSlices()
                            .inNamespace(service.namespace())
                            .withLabel(ClusterViews.SERVICE_NAME_LABEL, service.name())
                            .list()
                            .getItems());
        }
        return ClusterViews.endpoints(everything().getOrDefault(service, List.of()));
    }

    private Map<ServiceKey, List<EndpointSlice>> everything() {
        Map<ServiceKey, List<EndpointSlice>> present = all;
        if (present == null) {
            Map<ServiceKey, List<EndpointSlice>> read = new HashMap<>();
            client.discovery()
                    .v1()
                    .endpointSlices()
                    .inAnyNamespace()
                    .list()
                    .getItems()
                    .forEach(slice ->
                            ClusterViews.serviceOf(slice)
                                    .ifPresent(service ->
                                            read.computeIfAbsent(service, _ -> new ArrayList<>())
                                                    .add(slice)));
            present = read;
            all = read;
        }
        return present;
    }
}
