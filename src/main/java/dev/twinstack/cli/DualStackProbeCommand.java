package dev.twinstack.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.twinstack.net.IpAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `twinstack dualstack probe`: what `verify` runs in a pod on each node. It says that it is there,
/// and fetches that from another one: only from its own port, and only of an address.
@Command(
        name = "probe",
        hidden = true,
        description = "Answers and asks its like; verify starts it in a pod on each node.")
final class DualStackProbeCommand implements Callable<Integer> {

    static final int PORT = 8080;
    static final String ANSWER = "twinstack probe";

    private static final String FETCH = "/fetch/";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    @Option(names = "--port", description = "Where to listen, on every address (${DEFAULT-VALUE})")
    private int port = PORT;

    @Override
    public Integer call() throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress("::", port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, 200, ANSWER));
        server.createContext(FETCH, this::fetch);
        server.start();
        new CountDownLatch(1).await();
        return 0;
    }

    private void fetch(HttpExchange exchange) throws IOException {
        String text = exchange.getRequestURI().getPath().substring(FETCH.length());
        try {
            IpAddress address = IpAddress.parse(text);
            String host = text.contains(":") ? "[" + address + "]" : address.toString();
            HttpResponse<String> response =
                    http.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://%s:%d/".formatted(host, port)))
                                    .timeout(TIMEOUT)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            boolean good = response.body().equals(ANSWER);
            answer(exchange, 200, good ? ANSWER : "somebody else answered");
        } catch (IllegalArgumentException e) {
            answer(exchange, 400, "not an address");
        } catch (IOException e) {
            String message = e.getMessage();
            answer(exchange, 200, message == null ? e.getClass().getSimpleName() : message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer(exchange, 200, "interrupted");
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
