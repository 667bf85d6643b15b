package dev.twinstack.admission.review;

import static java.util.stream.Collectors.joining;

import dev.twinstack.admission.AddressAuthority;
import dev.twinstack.admission.ServiceError;
import dev.twinstack.admission.ServiceReader;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What both looks at a Service have in common: nothing is said where this process does not lead,
/// or where the request is not worth looking at.
abstract sealed class ServiceReview implements Review permits ServiceMutation, ServiceValidation {

    final AddressAuthority authority;
    final ServiceReader reader;

    ServiceReview(AddressAuthority authority, ServiceReader reader) {
        this.authority = authority;
        this.reader = reader;
    }

    @Override
    public final AdmissionResponse review(AdmissionRequest request) {
        Optional<ServiceChange> change =
                authority.leads() ? ServiceChange.of(request) : Optional.empty();
        return change.map(its -> review(request, its, authority.namespaceLabels(its.namespace())))
                .orElseGet(() -> Answers.allowed(request));
    }

    /// @param labels of the namespace; empty: nothing can be decided, and the controller will
    abstract AdmissionResponse review(
            AdmissionRequest request, ServiceChange change, Optional<Map<String, String>> labels);

    static AdmissionResponse wrong(AdmissionRequest request, List<ServiceError> errors) {
        return Answers.refused(
                request, errors.stream().map(ServiceError::text).collect(joining("; ")), List.of());
    }
}
