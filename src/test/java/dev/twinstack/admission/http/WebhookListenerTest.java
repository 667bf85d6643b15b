package dev.twinstack.admission.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.admission.WebhookMetrics.Outcome;
import dev.twinstack.admission.certificate.CertificateSet;
import dev.twinstack.admission.certificate.CertificateSet.Lifetimes;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponseBuilder;
import io.restassured.config.RestAssuredConfig;
import io.restassured.config.SSLConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookListenerTest {

    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost");
    private static final String REVIEW =
            """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
             "request": {"uid": "u-1", "operation": "CREATE", "namespace": "shop",
              "kind": {"group": "", "version": "v1", "kind": "Service"},
              "object": {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}}}}
            """;

    private final Vertx vertx = Vertx.vertx();
    private final CertificateSet certificates =
            CertificateSet.issue(NAMES, Instant.now(), Lifetimes.DEFAULT);
    private final ConcurrentLinkedQueue<String> answered = new ConcurrentLinkedQueue<>();
    private final Semaphore waiting = new Semaphore(0);
    private volatile boolean leads = true;
    private final WebhookListener listener =
            new WebhookListener(
                    vertx,
                    new ListenerSettings(
                            "127.0.0.1",
                            0,
                            10_000,
                            2,
                            15_000,
                            Duration.ofSeconds(5),
                            Duration.ofMinutes(1),
                            () -> leads),
                    certificates.serving(),
                    Map.of("/review", nameInWarning(), "/broken", broken(), "/held", this::held),
                    (path, outcome, _) -> answered.add(path + " " + outcome));

    @BeforeEach
    void start() {
        listener.start();
    }

    @AfterEach
    void stop() {
        listener.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aReviewIsAnsweredUnderItsUid() throws Exception {
        post("/review", REVIEW)
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("apiVersion", equalTo("admission.k8s.io/v1"))
                .body("kind", equalTo("AdmissionReview"))
                .body("response.uid", equalTo("u-1"))
                .body("response.allowed", equalTo(true))
                .body("response.warnings", equalTo(List.of("web")));
        await().untilAsserted(
                        () -> assertThat(answered).containsExactly("/review " + Outcome.ALLOWED));
    }

    /// Else an API server would go on asking who does not lead any more.
    @Test
    void whoDoesNotLeadClosesTheConnectionAfterTheAnswer() throws Exception {
        // Given
        leads = false;
        CompletableFuture<Void> closed = new CompletableFuture<>();
        var options =
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setUseAlpn(true)
                        .setSsl(true)
                        .setTrustAll(true)
                        .setVerifyHost(false);
        var client =
                vertx.httpClientBuilder()
                        .with(options)
                        .withConnectHandler(
                                connection -> connection.closeHandler(_ -> closed.complete(null)))
                        .build();

        // When
        var response =
                client.request(HttpMethod.POST, listener.port(), "127.0.0.1", "/review")
                        .compose(request -> request.send(REVIEW))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
        await().until(closed::isDone);
        post("/review", REVIEW).statusCode(200).header("connection", "close");
    }

    @Test
    void http2IsSpokenWithWhoeverOffersIt() throws Exception {
        // Given
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            // When
            var response =
                    client.send(
                            HttpRequest.newBuilder(URI.create(url("/review")))
                                    .POST(HttpRequest.BodyPublishers.ofString(REVIEW))
                                    .build(),
                            BodyHandlers.ofString());

            // Then
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("\"uid\":\"u-1\"");
        }
    }

    @Test
    void whatIsNoReviewIsRefusedInOneLine() throws Exception {
        for (String body : List.of("", "[]", "{", "null", "{\"kind\": \"AdmissionReview\"}")) {
            post("/review", body)
                    .statusCode(400)
                    .body(matchesPattern("not an AdmissionReview[^\n]*\n"));
        }
        await().untilAsserted(() ->
                assertThat(answered).hasSize(5).containsOnly("/review " + Outcome.MALFORMED));
    }

    @Test
    void aBodyThatIsTooLargeIsNotRead() throws Exception {
        post("/review", " ".repeat(10_001))
                .statusCode(413)
                .body(equalTo("more than 10000 octets\n"));
    }

    @Test
    void whatIsMoreThanCanBeServedAtOnceIsSentAway() throws Exception {
        // Given as many exchanges as there may be
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            var first = hold(client);
            var second = hold(client);
            await().until(() -> waiting.getQueueLength() == 2);

            // When
            post("/review", REVIEW).statusCode(503).body(equalTo("too many requests at once\n"));

            // Then there is room again when they have been answered
            waiting.release(2);
            assertThat(List.of(first.join(), second.join())).containsExactly(200, 200);
            await().untilAsserted(() -> post("/review", REVIEW).statusCode(200));
        }
    }

    @Test
    void bodiesTogetherAreLimitedToo() throws Exception {
        // Given
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            var held = hold(client);
            await().until(() -> waiting.getQueueLength() == 1);

            // When
            post("/review", " ".repeat(8_000))
                    .statusCode(503)
                    .body(equalTo("too many octets at once\n"));

            // Then
            waiting.release();
            assertThat(held.join()).isEqualTo(200);
            await().untilAsserted(() -> post("/review", " ".repeat(8_000)).statusCode(400));
        }
    }

    private CompletableFuture<Integer> hold(HttpClient client) {
        return client.sendAsync(
                        HttpRequest.newBuilder(URI.create(url("/held")))
                                .POST(HttpRequest.BodyPublishers.ofString(" ".repeat(7_400)))
                                .build(),
                        BodyHandlers.discarding())
                .thenApply(response -> response.statusCode());
    }

    private BodyHandler.Answer held(byte[] body) {
        waiting.acquireUninterruptibly();
        return new BodyHandler.Answer(new byte[0], Outcome.ALLOWED);
    }

    @Test
    void onlyPostToAKnownPathIsServed() throws Exception {
        post("/elsewhere", REVIEW).statusCode(404);
        given().config(config()).get(url("/review")).then().statusCode(405);
    }

    @Test
    void aHandlerThatFailsTakesNothingElseDown() throws Exception {
        post("/broken", REVIEW).statusCode(500).body(equalTo("internal error\n"));
        post("/review", REVIEW).statusCode(200);
        await().untilAsserted(() ->
                assertThat(answered)
                        .containsExactly(
                                "/broken " + Outcome.FAILED, "/review " + Outcome.ALLOWED));
    }

    @Test
    void aRenewedCertificateIsServedWithoutARestart() throws Exception {
        // Given
        assertThat(served()).isEqualTo(certificates.serving().certificate());
        var renewed =
                certificates.authority().issueServing(NAMES, Instant.now(), Duration.ofDays(90));

        // When
        listener.serve(renewed);

        // Then
        assertThat(served()).isEqualTo(renewed.certificate());
        post("/review", REVIEW).statusCode(200);
    }

    private ValidatableResponse post(String path, String body) throws Exception {
        return given().config(config())
                .contentType("application/json")
                .body(body)
                .post(url(path))
                .then();
    }

    private String url(String path) {
        return "https://127.0.0.1:" + listener.port() + path;
    }

    private X509Certificate served() throws Exception {
        try (SSLSocket socket =
                (SSLSocket)
                        trusting().getSocketFactory().createSocket("127.0.0.1", listener.port())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private RestAssuredConfig config() throws Exception {
        return RestAssuredConfig.config().sslConfig(SSLConfig.sslConfig().trustStore(trustStore()));
    }

    private KeyStore trustStore() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("ca", certificates.authority().certificate());
        return store;
    }

    private SSLContext trusting() throws Exception {
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trustStore());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static BodyHandler nameInWarning() {
        return new ReviewBody(
                request ->
                        new AdmissionResponseBuilder()
                                .withUid(request.getUid())
                                .withAllowed(true)
                                .withWarnings(
                                        ((Service) request.getObject()).getMetadata().getName())
                                .build(),
                new ObjectMapper());
    }

    private static BodyHandler broken() {
        return _ -> {
            throw new IllegalStateException("broken on purpose");
        };
    }
}
