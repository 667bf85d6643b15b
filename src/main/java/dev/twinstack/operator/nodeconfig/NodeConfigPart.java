package dev.twinstack.operator.nodeconfig;

import dev.twinstack.dualstack.HostFacts;
import dev.twinstack.dualstack.NodeConversion;
import dev.twinstack.dualstack.NodeDirectory;
import dev.twinstack.operator.Reasons;
import dev.twinstack.operator.Role;
import dev.twinstack.operator.RolePart;
import dev.twinstack.operator.RunSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts and stops node-config.
@Singleton
final class NodeConfigPart implements RolePart {

    private static final Logger log = LoggerFactory.getLogger(NodeConfigPart.class);
    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;

    private final Instance<KubernetesClient> client;
    private final RunSettings settings;
    private volatile String missing = "has not looked at the node yet";
    private @Nullable Thread worker;

    NodeConfigPart(Instance<KubernetesClient> client, RunSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    @Override
    public boolean runsIn(Role role) {
        return role == Role.NODE_CONFIG;
    }

    @Override
    public Optional<String> notReady() {
        return missing.isEmpty() ? Optional.empty() : Optional.of(missing);
    }

    @Override
    public void start() {
        worker = Thread.ofVirtual().name("node-config").start(this::run);
    }

    private void run() {
        @Nullable NodeAgent agent = null;
        try {
            while (true) {
                try {
                    if (agent == null) {
                        agent = agent();
                    }
                    agent.once();
                    missing = "";
                } catch (IOException | RuntimeException e) {
                    failed(e);
                }
                Thread.sleep(settings.nodeConfig().poll());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(Exception e) {
        String reason = Reasons.of(e);
        if (!missing.equals(reason)) {
            log.atWarn()
                    .addKeyValue("reason", reason)
                    .setCause(e instanceof RuntimeException ? e : null)
                    .log("Cannot look at the node, trying again");
        }
        missing = reason;
    }

    private NodeAgent agent() throws IOException {
        String node =
                settings.nodeName()
                        .orElseThrow(() -> new IllegalStateException("no name of the node"));
        Path root = settings.nodeConfig().root();
        Path snap = root.resolve("var/snap/microk8s");
        KubernetesClient quick =
                client.get()
                        .newClient(
                                new RequestConfigBuilder()
                                        .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                                        .withRequestRetryBackoffLimit(0)
                                        .build())
                        .adapt(KubernetesClient.class);
        return new NodeAgent(
                node,
                new NodeOrderStore(quick, node),
                new NodeDirectory(snap, snap.resolve("common/etc/launcher")),
                new HostFacts(root),
                new NodeProbe(quick),
                new NodeConversion.Limits(
                        settings.nodeConfig().appliedDeadline(),
                        settings.nodeConfig().restartDeadline()),
                InstantSource.system());
    }

    @Override
    public void stop() {
        Thread running = worker;
        if (running != null) {
            running.interrupt();
        }
    }
}
