package dev.twinstack.admission.review;

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
import java.util.Map;
import java.util.Optional;

/// The last look at a Service, when the API server has allotted its clusterIPs and every other
/// webhook has had its say: refuses what [ServiceMutation] would have refused had it known. Changes
/// and keeps nothing.
public final class ServiceValidation extends ServiceReview {

    public ServiceValidation(AddressAuthority authority, ServiceReader reader) {
        super(authority, reader);
    }

    @Override
    AdmissionResponse review(
            AdmissionRequest request, ServiceChange change, Optional<Map<String, String>> labels) {
        Map<String, String> its = labels.orElse(Map.of());
        Service old = change.old();
        ServiceReading reading = reader.formed(change.service(), old, its);
        if (old != null && ServiceQuestion.same(reading, reader.formed(old, old, its))) {
            return Answers.allowed(request);
        }
        return switch (reading) {
            case ServiceReading.OtherClass _,
                    ServiceReading.NoClusterIp _,
                    ServiceReading.NotLoadBalancer _ ->
                    Answers.allowed(request);
            case ServiceReading.Wrong(List<ServiceError> errors) -> wrong(request, errors);
            case ServiceReading.Asks(AddressRequest asked) ->
                    labels.isPresent() ? decided(request, asked) : Answers.allowed(request);
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
}
