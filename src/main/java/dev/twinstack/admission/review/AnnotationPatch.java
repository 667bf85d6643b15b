package dev.twinstack.admission.review;

import dev.twinstack.admission.ServiceAnnotations;
import dev.twinstack.admission.patch.JsonPatch;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Map;
import java.util.TreeMap;

/// The patch that leaves a Service with exactly the written annotations it should have.
final class AnnotationPatch {

    private AnnotationPatch() {}

    /// @param target the value per written annotation; one without a value is removed. Annotations
    ///   that are not ours stay as they are
    static JsonPatch of(Service service, Map<String, String> target) {
        JsonPatch patch = new JsonPatch();
        Map<String, String> present = service.getMetadata().getAnnotations();
        if (present == null || present.isEmpty()) { // the model has an empty map for none at all
            return target.isEmpty()
                    ? patch
                    : patch.add(JsonPatch.pointer("metadata", "annotations"), target);
        }
        for (String key : ServiceAnnotations.written()) {
            String wanted = target.get(key);
            String pointer = JsonPatch.pointer("metadata", "annotations", key);
            if (wanted == null) {
                if (present.containsKey(key)) {
                    patch.remove(pointer);
                }
            } else if (!wanted.equals(present.get(key))) {
                patch.add(pointer, wanted);
            }
        }
        return patch;
    }

    /// The written annotations that a Service has.
    static Map<String, String> presentIn(Service service) {
        Map<String, String> written = new TreeMap<>();
        Map<String, String> annotations = service.getMetadata().getAnnotations();
        if (annotations != null) {
            written.putAll(annotations);
            written.keySet().retainAll(ServiceAnnotations.written());
        }
        return written;
    }
}
