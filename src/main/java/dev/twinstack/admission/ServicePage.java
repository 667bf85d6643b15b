package dev.twinstack.admission;

import dev.twinstack.admission.json.ServiceListJson;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One page of a list of Services: of each what decides about its addresses, so none may be written
/// back.
///
/// @param next what to ask for the next page with; null on the last one
public record ServicePage(List<Service> services, @Nullable String next) {

    public ServicePage {
        services = List.copyOf(services);
        next = next == null || next.isEmpty() ? null : next;
    }

    /// Empty where this is not as the API server writes a list: then the full model has the say.
    public static Optional<ServicePage> read(String json) {
        return ServiceListJson.read(json);
    }
}
