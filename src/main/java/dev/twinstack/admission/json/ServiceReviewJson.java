package dev.twinstack.admission.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import java.io.IOException;
import java.util.Optional;

/// Reads an `AdmissionReview` about a Service as far as [ServiceJson] does. For any thread.
public final class ServiceReviewJson {

    private static final JsonFactory JSON = new JsonFactory();

    private ServiceReviewJson() {}

    /// The request; empty where the review is about anything else, or is not as the API server
    /// writes it: then the full model has the say.
    public static Optional<AdmissionRequest> read(byte[] body) {
        AdmissionRequest request = new AdmissionRequest();
        try (JsonParser json = JSON.createParser(body)) {
            json.nextToken();
            JsonFields.each(
                    json,
                    (name, value) -> {
                        if (name.equals("request")) {
                            JsonFields.each(value, (field, its) -> member(request, field, its));
                        } else {
                            value.skipChildren();
                        }
                    });
        } catch (IOException e) {
            return Optional.empty();
        }
        return request.getUid() == null || request.getObject() == null
                ? Optional.empty()
                : Optional.of(request);
    }

    private static void member(AdmissionRequest request, String name, JsonParser json)
            throws IOException {
        switch (name) {
            case "uid" -> request.setUid(JsonFields.text(json));
            case "operation" -> request.setOperation(JsonFields.text(json));
            case "name" -> request.setName(JsonFields.text(json));
            case "namespace" -> request.setNamespace(JsonFields.text(json));
            case "subResource" -> request.setSubResource(JsonFields.text(json));
            case "dryRun" -> request.setDryRun(JsonFields.truth(json));
            case "object" -> request.setObject(ServiceJson.read(json));
            case "oldObject" -> request.setOldObject(ServiceJson.read(json));
            default -> json.skipChildren();
        }
    }
}
