package dev.twinstack.admission.review;

import dev.twinstack.admission.patch.JsonPatch;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponseBuilder;
import java.net.HttpURLConnection;
import java.util.List;

/// The three answers there are.
final class Answers {

    /// The API server passes longer warnings on, but advises against them, and cuts off at 4096
    /// characters in all.
    private static final int LONGEST_WARNING = 256;

    private Answers() {}

    static AdmissionResponse allowed(AdmissionRequest request) {
        return allowed(request, List.of());
    }

    static AdmissionResponse allowed(AdmissionRequest request, List<String> warnings) {
        return builder(request, warnings).withAllowed(true).build();
    }

    /// Allowed, and changed where the patch says anything.
    static AdmissionResponse patched(
            AdmissionRequest request, JsonPatch patch, List<String> warnings) {
        if (patch.isEmpty()) {
            return allowed(request, warnings);
        }
        return builder(request, warnings)
                .withAllowed(true)
                .withPatchType("JSONPatch")
                .withPatch(patch.base64())
                .build();
    }

    /// @param why what the person at the keyboard reads
    static AdmissionResponse refused(AdmissionRequest request, String why, List<String> warnings) {
        return builder(request, warnings)
                .withAllowed(false)
                .withStatus(
                        new StatusBuilder()
                                .withStatus("Failure")
                                .withCode(HttpURLConnection.HTTP_FORBIDDEN)
                                .withReason("Forbidden")
                                .withMessage(why)
                                .build())
                .build();
    }

    private static AdmissionResponseBuilder builder(
            AdmissionRequest request, List<String> warnings) {
        return new AdmissionResponseBuilder()
                .withUid(request.getUid())
                .withWarnings(warnings.stream().map(Answers::shortened).toList());
    }

    private static String shortened(String warning) {
        return warning.length() <= LONGEST_WARNING
                ? warning
                : warning.substring(0, LONGEST_WARNING - 3) + "...";
    }
}
