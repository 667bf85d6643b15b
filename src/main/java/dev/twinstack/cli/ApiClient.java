package dev.twinstack.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Asks the HTTP API of a running Twinstack. What goes wrong is a [FailedException] of one line.
final class ApiClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;

    /// @param server like `http://127.0.0.1:7472`
    ApiClient(String server) {
        this.server = parse(server);
    }

    /// The JSON behind a path, or nothing if the server has no such path.
    Optional<JsonNode> find(String path) {
        HttpResponse<String> response = send(path);
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        if (response.statusCode() != 200) {
            throw new FailedException(
                    "%s%s answered %d%s"
                            .formatted(server, path, response.statusCode(), error(response)));
        }
        try {
            return Optional.of(JSON.readTree(response.body()));
        } catch (JsonProcessingException e) {
            throw new FailedException(server + path + " answered with something else than JSON");
        }
    }

    URI server() {
        return server;
    }

    /// What the server says about it, if it says so in JSON.
    private static String error(HttpResponse<String> response) {
        try {
            String text = JSON.readTree(response.body()).path("error").asText();
            return text.isEmpty() ? "" : ": " + text;
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private HttpResponse<String> send(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(server.resolve(path))
                        .timeout(TIMEOUT)
                        .header("Accept", "application/json")
                        .build();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (ConnectException e) {
            throw new FailedException(
                    "nobody answers at %s; is a Twinstack process running there?"
                            .formatted(server));
        } catch (IOException e) {
            throw new FailedException("cannot read %s%s: %s".formatted(server, path, reason(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted");
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static URI parse(String server) {
        try {
            URI uri = URI.create(server);
            if (uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below, in the same words.
        }
        throw new WrongUseException(
                "--url must be a URL like http://127.0.0.1:7472, not " + server);
    }
}
