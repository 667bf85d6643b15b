package dev.twinstack.admission.review;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A create or an update of a Service that is worth looking at.
///
/// @param old null on a create
/// @param dryRun nothing may be kept
record ServiceChange(Service service, @Nullable Service old, boolean dryRun) {

    /// Empty for anything but the create or update of a Service by name: a generated name is not
    /// known yet when the mutating webhook is asked, so there is nothing to reserve under; and a
    /// Service on its way out must be let go, however wrong it is.
    static Optional<ServiceChange> of(AdmissionRequest request) {
        if (request.getSubResource() != null && !request.getSubResource().isEmpty()) {
            return Optional.empty();
        }
        if (!(request.getObject() instanceof Service service)
                || service.getMetadata() == null
                || service.getSpec() == null) {
            return Optional.empty();
        }
        ObjectMeta metadata = service.getMetadata();
        if (metadata.getDeletionTimestamp() != null
                || metadata.getName() == null
                || metadata.getName().isEmpty()) {
            return Optional.empty();
        }
        Service old = request.getOldObject() instanceof Service stored ? stored : null;
        metadata.setNamespace(request.getNamespace());
        if (old != null) {
            old.getMetadata().setNamespace(request.getNamespace());
        }
        return Optional.of(
                new ServiceChange(service, old, Boolean.TRUE.equals(request.getDryRun())));
    }

    String namespace() {
        return service.getMetadata().getNamespace();
    }
}
