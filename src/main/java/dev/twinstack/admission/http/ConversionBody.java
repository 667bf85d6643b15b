package dev.twinstack.admission.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.admission.WebhookMetrics.Outcome;
import dev.twinstack.admission.conversion.Conversion;
import java.io.IOException;

/// Carries [Conversion] in `ConversionReview` objects.
public final class ConversionBody implements BodyHandler {

    private static final ObjectMapper JSON = new JsonMapper();

    @Override
    public Answer handle(byte[] body) throws MalformedBodyException {
        ObjectNode answer = Conversion.convert(read(body));
        boolean converted = answer.at("/response/result/status").asText().equals("Success");
        try {
            return new Answer(
                    JSON.writeValueAsBytes(answer),
                    converted ? Outcome.CONVERTED : Outcome.REFUSED);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that can't be written", e);
        }
    }

    private static JsonNode read(byte[] body) throws MalformedBodyException {
        try {
            JsonNode review = JSON.readTree(body);
            if (!review.path("request").path("uid").isTextual()) {
                throw new MalformedBodyException("not a ConversionReview with a request", null);
            }
            return review;
        } catch (JsonProcessingException e) {
            throw new MalformedBodyException(
                    "not a ConversionReview: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }
}
