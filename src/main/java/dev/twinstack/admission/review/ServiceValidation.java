package dev.twinstack.admission.review;

import static java.util.stream.Collectors.joining;

import dev.twinstack.admission.AddressAuthority;
import dev.twinstack.admission.ServiceError;
import dev.twinstack.admission.ServiceReader;
import dev.twinstack.admission.ServiceReading;
import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.Decision;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last look at a Service, when the API server has allotted its clusterIPs and every other
/// webhook has had its say: refuses what [ServiceMutation] would have refused had it known. Changes
/// and keeps nothing.
public final class ServiceValidation implements Review {

    private final AddressAuthority authority;
    private final ServiceReader reader;

    public ServiceValidation(AddressAuthority authority, ServiceReader reader) {
        this.authority = authority;
        this.reader = reader;
    }

    @Override
    public AdmissionResponse review(AdmissionRequest request) {
        return authority.leads()
                ? ServiceChange.of(request)
                        .map(change -> review(request, change))
                        .orElseGet(() -> Answers.allowed(request))
                : Answers.allowed(request);
    }

    private AdmissionResponse review(AdmissionRequest request, ServiceChange change) {
        ServiceReading reading = read(change.service(), change.old(), change);
        Service old = change.old();
        if (old != null && ServiceQuestion.same(reading, read(old, old, change))) {
            return Answers.allowed(request);
        }
        return switch (reading) {
            case ServiceReading.OtherClass _,
                    ServiceReading.NoClusterIp _,
                    ServiceReading.NotLoadBalancer _ ->
                    Answers.allowed(request);
            case ServiceReading.Wrong(List<ServiceError> errors) ->
                    Answers.refused(
                            request,
                            errors.stream().map(ServiceError::text).collect(joining("; ")),
                            List.of());
            case ServiceReading.Asks(AddressRequest asked) -> decided(request, asked);
        };
    }

    private AdmissionResponse decided(AdmissionRequest request, AddressRequest asked) {
        return switch (ServiceQuestion.ask(authority, asked, authority::decide)) {
            case Decision.Assigned _ -> Answers.allowed(request);
            case Decision.Refused refused ->
                    ServiceQuestion.isAskedWrongly(refused.reason())
                            ? Answers.refused(request, refused.reason().text(), List.of())
                            : Answers.allowed(request);
        };
    }

    private ServiceReading read(Service service, @Nullable Service old, ServiceChange change) {
        return reader.formed(service, old, authority.namespaceLabels(change.namespace()));
    }
}
