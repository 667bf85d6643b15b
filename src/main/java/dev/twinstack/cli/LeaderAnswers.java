package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// What the API of the leading controller says.
record LeaderAnswers(ApiClient client) implements AddressAnswers {

    /// Why this is nobody who can answer; empty if it can.
    String whyNot() {
        try {
            boolean leads =
                    client.find("/api/v1/pools")
                            .filter(page -> page.path("leads").asBoolean())
                            .isPresent();
            return leads ? "" : client.server() + " is not the leading controller";
        } catch (FailedException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public JsonNode pools() {
        return page("/api/v1/pools");
    }

    @Override
    public JsonNode addresses() {
        return page("/api/v1/addresses");
    }

    @Override
    public JsonNode explain(String namespace, String service) {
        String path =
                "/api/v1/services/%s/%s/explain".formatted(encoded(namespace), encoded(service));
        return client.find(path)
                .orElseThrow(() ->
                        new FailedException(
                                "%s knows no Service %s/%s"
                                        .formatted(client.server(), namespace, service)));
    }

    @Override
    public JsonNode explainRoute(String prefix) {
        return client.find("/api/v1/routes/" + prefix + "/explain")
                .orElseThrow(
                        () -> new FailedException(client.server() + " does not know the cluster"));
    }

    private JsonNode page(String path) {
        JsonNode page =
                client.find(path)
                        .orElseThrow(() ->
                                new FailedException(
                                        "%s%s is not there: is that a controller?"
                                                .formatted(client.server(), path)));
        if (!page.path("leads").asBoolean()) {
            throw new FailedException(
                    client.server() + " is not the leading controller, and only that one knows");
        }
        return page.path("items");
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }
}
