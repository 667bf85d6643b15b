package dev.twinstack.operator;

import static org.awaitility.Awaitility.await;

import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.Manifests;
import dev.twinstack.testing.lab.TwinstackProcess;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// Two controller processes with the rights of the manifests, one lease.
final class ControllerPair implements AutoCloseable {

    private static final Duration CHANGE = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final LabCluster cluster;
    private final Path kubeconfig;
    private final CopyOnWriteArrayList<TwinstackProcess> controllers = new CopyOnWriteArrayList<>();
    private int started;

    ControllerPair(LabCluster cluster) {
        this.cluster = cluster;
        this.kubeconfig =
                cluster.serviceAccountKubeconfig(Manifests.NAMESPACE, Manifests.CONTROLLER);
        startOne();
        startOne();
    }

    ControllerPair awaitReady() {
        controllers.forEach(TwinstackProcess::awaitReady);
        awaitLeader();
        return this;
    }

    /// Whoever says that it leads; nobody while that changes.
    Optional<TwinstackProcess> leader() {
        return controllers.stream().filter(this::leads).findFirst();
    }

    /// For the relay of the webhooks: 0 while nobody leads.
    int leadersWebhookPort() {
        return leader().map(TwinstackProcess::webhookPort).orElse(0);
    }

    TwinstackProcess awaitLeader() {
        await("one leader")
                .atMost(CHANGE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> controllers.stream().filter(this::leads).count() == 1);
        return leader().orElseThrow();
    }

    /// Kills the leader, and returns when the other one leads.
    ///
    /// @return when that was, by [System#nanoTime()]
    long killLeader() {
        TwinstackProcess killed = awaitLeader();
        killed.process().kill();
        controllers.remove(killed);
        awaitLeader();
        return System.nanoTime();
    }

    /// Stops the leader like a process on a node that swaps, until the other one leads.
    ///
    /// @return when that was, by [System#nanoTime()]
    long pauseLeader() {
        TwinstackProcess paused = awaitLeader();
        paused.process().pause();
        try {
            await("another leader")
                    .atMost(CHANGE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> others(paused).anyMatch(this::leads));
            return System.nanoTime();
        } finally {
            paused.process().resume();
        }
    }

    private Stream<TwinstackProcess> others(TwinstackProcess one) {
        return controllers.stream().filter(controller -> controller != one);
    }

    TwinstackProcess startOne() {
        started++;
        TwinstackProcess controller =
                TwinstackProcess.role("controller", cluster.directory())
                        .named("controller-" + started)
                        .kubeconfig(kubeconfig)
                        .arguments("--webhook-name", "127.0.0.1")
                        .arguments("--lease-duration=4s")
                        .arguments("--lease-renew-deadline=3s")
                        .arguments("--lease-retry-period=1s")
                        .start();
        controllers.add(controller);
        return controller;
    }

    /// What the leader's API says.
    JsonPath ask(String path) {
        String text =
                get(awaitLeader(), path)
                        .orElseThrow(() -> new AssertionError("the leader does not answer"));
        return JsonPath.from(text);
    }

    private boolean leads(TwinstackProcess controller) {
        return get(controller, "/api/v1/pools")
                .filter(text -> text.contains("\"leads\":true"))
                .isPresent();
    }

    /// A paused process takes the connection and says nothing.
    private Optional<String> get(TwinstackProcess controller, String path) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(controller.http(path)).timeout(ANSWER).build();
            return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        controllers.forEach(controller -> controller.process().kill());
        http.close();
        cluster.kubectl().run("delete", "leases", "--all", "-n", Manifests.NAMESPACE);
    }
}
