package dev.twinstack.operator.speaker;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the `ServiceBGPStatus` objects on a thread of its own, after routes have gone out:
/// nothing waits for them.
final class ServiceStatusWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ServiceStatusWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int DOUBT_EVERY = 600;

    private final ServiceStatusObjects objects;
    private final LongSupplier changes;
    private final Supplier<Map<ServiceKey, List<String>>> wanted;
    private long written = -1;
    private int untilDoubt = DOUBT_EVERY;
    private @Nullable String trouble;
    private @Nullable Thread thread;

    /// @param changes another number whenever `wanted` may say something else; negative: not yet
    ServiceStatusWatch(
            ServiceStatusObjects objects,
            LongSupplier changes,
            Supplier<Map<ServiceKey, List<String>>> wanted) {
        this.objects = objects;
        this.changes = changes;
        this.wanted = wanted;
    }

    void start() {
        thread = Thread.ofVirtual().name("service-statuses").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                if (--untilDoubt == 0) {
                    untilDoubt = DOUBT_EVERY;
                    objects.doubt();
                    written = -1;
                }
                long now = changes.getAsLong();
                if (now >= 0 && now != written && writeSafely()) {
                    written = now;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What goes wrong each time is said once.
    private boolean writeSafely() {
        try {
            objects.write(wanted.get());
            trouble = null;
            return true;
        } catch (RuntimeException e) {
            String reason = Reasons.of(e);
            if (!reason.equals(trouble)) {
                log.atWarn()
                        .addKeyValue("reason", reason)
                        .setCause(e instanceof KubernetesClientException ? null : e)
                        .log("Cannot write the ServiceBGPStatus objects, trying again");
            }
            trouble = reason;
            return false;
        }
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
