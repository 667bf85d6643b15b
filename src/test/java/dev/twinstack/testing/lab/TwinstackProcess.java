package dev.twinstack.testing.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The packaged program (`-Dtwinstack.jar`) in a role, as its own process.
public final class TwinstackProcess implements AutoCloseable {

    private static final Duration STARTUP = Duration.ofSeconds(60);

    private final LabProcess process;
    private final int httpPort;
    private final int webhookPort;

    private TwinstackProcess(LabProcess process, int httpPort, int webhookPort) {
        this.process = process;
        this.httpPort = httpPort;
        this.webhookPort = webhookPort;
    }

    /// How to start it. Ports are free ones unless named.
    public static final class Builder {
        private final String role;
        private final Path directory;
        private String name;
        private int httpPort;
        private int webhookPort;
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();

        private Builder(String role, Path directory) {
            this.role = role;
            this.directory = directory;
            this.name = "twinstack-" + role;
        }

        /// Name of the log file.
        public Builder named(String name) {
            this.name = name;
            return this;
        }

        public Builder kubeconfig(Path kubeconfig) {
            return arguments("--kubeconfig", kubeconfig.toString());
        }

        public Builder webhookPort(int port) {
            this.webhookPort = port;
            return this;
        }

        public Builder httpPort(int port) {
            this.httpPort = port;
            return this;
        }

        public Builder arguments(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        public TwinstackProcess start() {
            int http = httpPort == 0 ? Ports.free() : httpPort;
            int webhook = webhookPort == 0 ? Ports.free() : webhookPort;
            List<String> command = new ArrayList<>();
            command.addAll(List.of("run", "--role", role));
            command.addAll(List.of("--http-port", Integer.toString(http)));
            command.addAll(List.of("--webhook-port", Integer.toString(webhook)));
            command.addAll(arguments);
            LabProcess process = launch(name, directory, command, environment);
            return new TwinstackProcess(process, http, webhook);
        }
    }

    /// The packaged program with any arguments, without a role.
    ///
    /// @param directory where the log goes
    public static LabProcess program(String name, Path directory, String... arguments) {
        return launch(name, directory, List.of(arguments), Map.of());
    }

    /// As people run it: with the JVM's settings of the launcher.
    private static LabProcess launch(
            String name, Path directory, List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>(arguments);
        command.addFirst(Path.of("src/main/launcher/twinstack").toAbsolutePath().toString());
        Map<String, String> all = new HashMap<>(environment);
        all.put("TWINSTACK_HOME", String.valueOf(program().getParent()));
        all.put("JAVA_HOME", System.getProperty("java.home"));
        return LabProcess.start(name, directory, command, all);
    }

    /// @param directory where the log goes, as [LabCluster#directory()]
    public static Builder role(String role, Path directory) {
        return new Builder(role, directory);
    }

    public LabProcess process() {
        return process;
    }

    public int webhookPort() {
        return webhookPort;
    }

    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + httpPort + path);
    }

    /// Waits for `/readyz`.
    public TwinstackProcess awaitReady() {
        await("readiness, log " + process.log())
                .atMost(STARTUP)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    process.assertAlive();
                    return status("/readyz") == 200;
                });
        return this;
    }

    /// @return the HTTP status, or 0 when nobody answers
    public int status(String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(http(path)).timeout(Duration.ofSeconds(5)).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void close() {
        process.stop();
    }

    private static Path program() {
        Path jar =
                Path.of(System.getProperty("twinstack.jar", "target/quarkus-app/quarkus-run.jar"));
        if (!jar.toFile().isFile()) {
            throw new IllegalStateException(
                    "The packaged program is missing: "
                            + jar.toAbsolutePath()
                            + "; run mvn package");
        }
        return jar.toAbsolutePath();
    }
}
