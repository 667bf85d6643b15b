package dev.twinstack.admission.http;

import dev.twinstack.admission.WebhookMetrics;
import dev.twinstack.admission.WebhookMetrics.Outcome;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request and its answer. The body arrives on the event loop, the handler runs on a virtual
/// thread, as it may wait for a lock.
final class Exchange {

    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    private final Vertx vertx;
    private final ListenerSettings settings;
    private final HttpServerRequest request;
    private final BodyHandler handler;
    private final WebhookMetrics metrics;
    private final InFlight inFlight;
    private final Buffer body = Buffer.buffer();

    /// Once the handler runs, what was sent is in memory until it ends, whoever has gone.
    private boolean handled;

    private boolean left;

    Exchange(
            Vertx vertx,
            ListenerSettings settings,
            HttpServerRequest request,
            BodyHandler handler,
            WebhookMetrics metrics,
            InFlight inFlight) {
        this.vertx = vertx;
        this.settings = settings;
        this.request = request;
        this.handler = handler;
        this.metrics = metrics;
        this.inFlight = inFlight;
    }

    /// Starts; called on the event loop.
    void run() {
        HttpServerResponse response = request.response();
        long timer = vertx.setTimer(settings.slowestRequest().toMillis(), _ -> tooSlow());
        response.endHandler(_ -> over(timer));
        response.closeHandler(_ -> over(timer));
        request.handler(this::take);
        request.endHandler(_ -> arrived());
    }

    private void tooSlow() {
        request.response().reset();
        leaveUnhandled();
    }

    private void over(long timer) {
        vertx.cancelTimer(timer);
        leaveUnhandled();
    }

    private synchronized void leaveUnhandled() {
        if (!handled) {
            leave();
        }
    }

    private synchronized void leave() {
        if (!left) {
            left = true;
            inFlight.leave(body.length());
        }
    }

    private synchronized void take(Buffer chunk) {
        if (left || request.response().ended()) {
            return;
        }
        if (body.length() + chunk.length() > settings.largestBody()) {
            text(413, "more than %d octets".formatted(settings.largestBody()));
        } else if (inFlight.keep(chunk.length())) {
            body.appendBuffer(chunk);
        } else {
            text(503, "too many octets at once");
        }
    }

    private synchronized void arrived() {
        if (!left && !request.response().ended()) {
            handled = true;
            byte[] octets = body.getBytes();
            Thread.ofVirtual().name("webhook").start(() -> answer(octets));
        }
    }

    private void answer(byte[] octets) {
        long from = System.nanoTime();
        Outcome outcome = Outcome.FAILED;
        try {
            BodyHandler.Answer answer = handler.handle(octets);
            outcome = answer.outcome();
            send(200, "application/json", Buffer.buffer(answer.body()));
        } catch (MalformedBodyException e) {
            outcome = Outcome.MALFORMED;
            text(400, e.text());
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("path", request.path())
                    .setCause(e)
                    .log("Webhook failed to answer");
            text(500, "internal error");
        } finally {
            leave();
            metrics.answered(request.path(), outcome, Duration.ofNanos(System.nanoTime() - from));
        }
    }

    private void text(int status, String line) {
        send(status, "text/plain; charset=utf-8", Buffer.buffer(line + "\n"));
    }

    /// Nothing where the client has gone, or has been sent away for being slow.
    private void send(int status, String type, Buffer content) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader("content-type", type);
        if (settings.keeps().getAsBoolean()) {
            response.end(content);
        } else {
            endAndClose(response, content);
        }
    }

    private void endAndClose(HttpServerResponse response, Buffer content) {
        if (request.version() == HttpVersion.HTTP_2) {
            // What else is on its way on this connection is answered first.
            response.end(content).onComplete(_ -> request.connection().shutdown());
        } else {
            response.putHeader("connection", "close").end(content);
        }
    }
}
