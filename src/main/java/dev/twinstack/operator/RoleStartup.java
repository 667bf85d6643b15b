package dev.twinstack.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the parts of this process's role, in the background: health is served from the first
/// moment and says what is still missing.
@ApplicationScoped
class RoleStartup {

    private static final Logger log = LoggerFactory.getLogger(RoleStartup.class);

    private final RunSettings settings;
    private final RoleParts parts;
    private final Instance<KubernetesClient> client;
    private @Nullable Thread starter;
    private volatile boolean stopping;

    RoleStartup(RunSettings settings, RoleParts parts, Instance<KubernetesClient> client) {
        this.settings = settings;
        this.parts = parts;
        this.client = client;
    }

    void onStart(@Observes StartupEvent event) {
        log.atInfo()
                .addKeyValue("role", settings.role())
                .addKeyValue("namespace", settings.namespace())
                .log("Twinstack starts");
        starter = Thread.ofVirtual().name("role-startup").start(this::startParts);
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        Thread running = starter;
        if (running != null) {
            running.interrupt();
            running.join(settings.lease().renewDeadline());
        }
        for (RolePart part : parts.inOrder().reversed()) {
            try {
                part.stop();
            } catch (RuntimeException e) {
                log.atWarn().addKeyValue("part", name(part)).setCause(e).log("Cannot stop cleanly");
            }
        }
    }

    private void startParts() {
        try {
            if (settings.role().needsCluster()) {
                new ApiServerWait(client.get()).await();
            }
            for (RolePart part : parts.inOrder()) {
                part.start();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (stopping) {
                // Whatever was being started was interrupted: no news for anybody.
                log.atDebug().setCause(e).log("Start ended early");
                return;
            }
            log.atError()
                    .addKeyValue("role", settings.role())
                    .addKeyValue("reason", Reasons.of(e))
                    .log("Cannot start");
            log.atDebug().setCause(e).log("Cannot start, in full");
            Quarkus.asyncExit(1);
        }
    }

    private static String name(RolePart part) {
        return part.getClass().getSimpleName();
    }
}
