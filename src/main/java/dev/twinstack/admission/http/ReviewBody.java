package dev.twinstack.admission.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.twinstack.admission.WebhookMetrics.Outcome;
import dev.twinstack.admission.json.ServiceReviewJson;
import dev.twinstack.admission.review.Review;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import java.io.IOException;
import java.util.Optional;

/// Carries a [Review] in `AdmissionReview` objects of `admission.k8s.io/v1`.
public final class ReviewBody implements BodyHandler {

    /// Reads a request without the full model; empty where that has to do it.
    private interface Shortcut {
        Optional<AdmissionRequest> read(byte[] body);
    }

    private final Review review;
    private final Shortcut shortcut;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    /// @param mapper one that knows the kinds under review; reader and writer are made of it once
    public ReviewBody(Review review, ObjectMapper mapper) {
        this(review, _ -> Optional.empty(), mapper);
    }

    private ReviewBody(Review review, Shortcut shortcut, ObjectMapper mapper) {
        this.review = review;
        this.shortcut = shortcut;
        this.reader = mapper.readerFor(AdmissionReview.class);
        this.writer = mapper.writerFor(AdmissionReview.class);
    }

    /// For a review of Services, of which only what decides about addresses is read.
    public static ReviewBody ofServices(Review review, ObjectMapper mapper) {
        return new ReviewBody(review, ServiceReviewJson::read, mapper);
    }

    @Override
    public Answer handle(byte[] body) throws MalformedBodyException {
        Optional<AdmissionRequest> read = shortcut.read(body);
        AdmissionRequest request = read.isPresent() ? read.get() : read(body);
        AdmissionResponse response = review.review(request);
        AdmissionReview answer = new AdmissionReview();
        answer.setResponse(response);
        try {
            return new Answer(writer.writeValueAsBytes(answer), outcome(response));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that can't be written", e);
        }
    }

    private AdmissionRequest read(byte[] body) throws MalformedBodyException {
        try {
            AdmissionReview asked = reader.readValue(body);
            if (asked == null
                    || asked.getRequest() == null
                    || asked.getRequest().getUid() == null) {
                throw new MalformedBodyException("not an AdmissionReview with a request", null);
            }
            return asked.getRequest();
        } catch (JsonProcessingException e) {
            throw new MalformedBodyException(
                    "not an AdmissionReview: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private static Outcome outcome(AdmissionResponse response) {
        if (!response.getAllowed()) {
            return Outcome.REFUSED;
        }
        return response.getPatch() == null ? Outcome.ALLOWED : Outcome.PATCHED;
    }
}
