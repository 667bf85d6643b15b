package dev.twinstack.admission.http;

import dev.twinstack.admission.WebhookMetrics;
import dev.twinstack.admission.certificate.ServingCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.CompletionException;

/// Serves the handlers by HTTPS, one per path. Certificates change without a restart: a connection
/// that stands keeps the one it began with.
public final class WebhookListener implements AutoCloseable {

    private final Vertx vertx;
    private final ListenerSettings settings;
    private final Map<String, BodyHandler> handlers;
    private final WebhookMetrics metrics;
    private final InFlight inFlight;
    private final HttpServer server;

    /// @param certificate the first to serve with
    public WebhookListener(
            Vertx vertx,
            ListenerSettings settings,
            ServingCertificate certificate,
            Map<String, BodyHandler> handlers,
            WebhookMetrics metrics) {
        this.vertx = vertx;
        this.settings = settings;
        this.handlers = Map.copyOf(handlers);
        this.metrics = metrics;
        this.inFlight = new InFlight(settings.mostExchanges(), settings.mostOctets());
        this.server =
                vertx.createHttpServer(TlsOptions.server(settings, certificate))
                        .requestHandler(this::accept);
    }

    /// Returns when the port is open. Not for event loops.
    ///
    /// @throws CompletionException where it can't be opened
    public void start() {
        await(server.listen());
    }

    /// The port in use.
    public int port() {
        return server.actualPort();
    }

    /// New connections get this certificate from now on. Not for event loops.
    public void serve(ServingCertificate certificate) {
        await(server.updateSSLOptions(TlsOptions.renewed(certificate)));
    }

    @Override
    public void close() {
        await(server.close());
    }

    private void accept(HttpServerRequest request) {
        BodyHandler handler = handlers.get(request.path());
        if (handler == null) {
            refuse(request, 404, "no such webhook");
        } else if (!HttpMethod.POST.equals(request.method())) {
            refuse(request, 405, "only POST is understood");
        } else if (!inFlight.enter()) {
            refuse(request, 503, "too many requests at once");
        } else {
            new Exchange(vertx, settings, request, handler, metrics, inFlight).run();
        }
    }

    private static void refuse(HttpServerRequest request, int status, String line) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "text/plain; charset=utf-8")
                .end(line + "\n");
    }

    private static void await(Future<?> future) {
        future.toCompletionStage().toCompletableFuture().join();
    }
}
