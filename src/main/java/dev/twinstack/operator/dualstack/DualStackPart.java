package dev.twinstack.operator.dualstack;

import dev.twinstack.operator.ControllerView;
import dev.twinstack.operator.Reasons;
import dev.twinstack.operator.Role;
import dev.twinstack.operator.RolePart;
import dev.twinstack.operator.RunSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the DualStack object while this process leads. Nothing else waits for it.
@Singleton
final class DualStackPart implements RolePart {

    private static final Logger log = LoggerFactory.getLogger(DualStackPart.class);

    /// Where there is nothing to look after.
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final Instance<KubernetesClient> client;
    private final RunSettings settings;
    private final ControllerView controller;
    private @Nullable Thread worker;
    private String trouble = "";

    DualStackPart(
            Instance<KubernetesClient> client, RunSettings settings, ControllerView controller) {
        this.client = client;
        this.settings = settings;
        this.controller = controller;
    }

    @Override
    public boolean runsIn(Role role) {
        return role.controls();
    }

    @Override
    public Optional<String> notReady() {
        return Optional.empty();
    }

    @Override
    public void start() {
        RolloutLead lead =
                new RolloutLead(
                        new RolloutCluster(client.get(), settings.namespace()),
                        controller::leads,
                        InstantSource.system());
        worker = Thread.ofVirtual().name("dual-stack").start(() -> run(lead));
    }

    private void run(RolloutLead lead) {
        try {
            while (true) {
                Duration pause = IDLE;
                try {
                    if (controller.leads()) {
                        pause = lead.once();
                    }
                    trouble = "";
                } catch (RuntimeException e) {
                    failed(e);
                }
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(RuntimeException e) {
        String reason = Reasons.of(e);
        if (!reason.equals(trouble)) {
            trouble = reason;
            log.atWarn()
                    .addKeyValue("reason", reason)
                    .log("Cannot look after the DualStack, trying again");
            log.atDebug().setCause(e).log("Cannot look after the DualStack, in full");
        }
    }

    @Override
    public void stop() {
        Thread running = worker;
        if (running != null) {
            running.interrupt();
        }
    }
}
