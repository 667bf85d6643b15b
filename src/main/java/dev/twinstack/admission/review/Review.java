package dev.twinstack.admission.review;

import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;

/// One admission webhook without its transport. For any thread.
@FunctionalInterface
public interface Review {
    AdmissionResponse review(AdmissionRequest request);
}
