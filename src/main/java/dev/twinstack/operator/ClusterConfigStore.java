package dev.twinstack.operator;

import dev.twinstack.config.ConfigError;
import dev.twinstack.config.ConfigLoader;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.config.ConfigResult;
import dev.twinstack.crd.AddressPolicy;
import dev.twinstack.crd.IPAddressPool;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one validated configuration of this process, for controller and speaker alike. Objects are
/// watched; when something has changed, all of them are read anew and published as one immutable
/// snapshot. The first is published when every kind has been listed. For any thread.
@Singleton
public final class ClusterConfigStore implements RolePart {

    private static final Logger log = LoggerFactory.getLogger(ClusterConfigStore.class);

    /// `kubectl apply` of several objects comes as one change, and a lone one hardly later.
    private static final Duration QUIET = Duration.ofMillis(5);

    private static final Duration FIRST_LOOK = Duration.ofMillis(50);

    private final Instance<KubernetesClient> client;
    private final RunSettings settings;
    private final ClusterCounters counters;
    private final Semaphore changes = new Semaphore(0);
    private final List<ConfigListener> listeners = new ArrayList<>();
    private final Object monitor = new Object();
    private volatile @Nullable ConfigSnapshot current;
    private volatile @Nullable ConfigInformers informers;
    private @Nullable Thread publisher;

    ClusterConfigStore(
            Instance<KubernetesClient> client, RunSettings settings, ClusterCounters counters) {
        this.client = client;
        this.settings = settings;
        this.counters = counters;
    }

    @Override
    public boolean runsIn(Role role) {
        return role.controls() || role.speaks();
    }

    @Override
    public Phase phase() {
        return Phase.SOURCES;
    }

    @Override
    public void start() {
        ConfigInformers started =
                new ConfigInformers(client.get(), settings.namespace(), changes::release);
        informers = started;
        started.start();
        publisher = Thread.ofVirtual().name("configuration").start(() -> publishChanges(started));
    }

    @Override
    public void stop() {
        if (publisher != null) {
            publisher.interrupt();
        }
        ConfigInformers running = informers;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public Optional<String> notReady() {
        if (current != null) {
            return Optional.empty();
        }
        ConfigInformers running = informers;
        return running == null
                ? Optional.of("API server does not answer yet")
                : running.missing().or(() -> Optional.of("configuration not read yet"));
    }

    /// Empty until all kinds have been listed once.
    public Optional<ConfigSnapshot> current() {
        return Optional.ofNullable(current);
    }

    /// The pools as they are in the cluster now, with their statuses.
    public List<IPAddressPool> pools() {
        ConfigInformers running = informers;
        return running == null ? List.of() : running.pools();
    }

    /// The policies as they are in the cluster now, with their statuses.
    public List<AddressPolicy> policies() {
        ConfigInformers running = informers;
        return running == null ? List.of() : running.policies();
    }

    /// The listener is told of the current snapshot at once, if there is one, and of all that
    /// follow.
    public void listen(ConfigListener listener) {
        synchronized (monitor) {
            listeners.add(listener);
            current().ifPresent(listener::changed);
        }
    }

    /// Waits for a snapshot like this one.
    ///
    /// @return whether it came in time
    public boolean await(Predicate<ConfigSnapshot> wanted, Duration atMost)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        synchronized (monitor) {
            while (!current().filter(wanted).isPresent()) {
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (millis <= 0) {
                    return false;
                }
                monitor.wait(millis);
            }
            return true;
        }
    }

    private void publishChanges(ConfigInformers informers) {
        try {
            while (informers.missing().isPresent()) {
                Thread.sleep(FIRST_LOOK);
            }
            changes.release();
            while (true) {
                changes.acquire();
                Thread.sleep(QUIET);
                changes.drainPermits();
                publishSafely(informers);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A mistake of ours costs one snapshot, not all that follow.
    private void publishSafely(ConfigInformers informers) {
        try {
            publish(informers.objects(), informers.unreadable());
        } catch (RuntimeException e) {
            counters.failed();
            log.atError().setCause(e).log("Configuration not read, the last one stays in force");
        }
    }

    private void publish(ConfigObjects objects, List<ConfigError> unreadable) {
        ConfigSnapshot before = current;
        if (before != null
                && before.objects().equals(objects)
                && before.unreadable().equals(unreadable)) {
            return;
        }
        ConfigResult result =
                before == null
                        ? ConfigLoader.load(objects)
                        : ConfigLoader.load(objects, before.result().lastGood());
        ConfigSnapshot snapshot =
                new ConfigSnapshot(
                        before == null ? 1 : before.number() + 1, objects, result, unreadable);
        say(before, snapshot);
        counters.updated();
        synchronized (monitor) {
            current = snapshot;
            monitor.notifyAll();
            for (ConfigListener listener : listeners) {
                try {
                    listener.changed(snapshot);
                } catch (RuntimeException e) {
                    counters.failed();
                    log.atError().setCause(e).log("A part did not take the configuration");
                }
            }
        }
    }

    private static void say(@Nullable ConfigSnapshot before, ConfigSnapshot now) {
        List<ConfigError> known = before == null ? List.of() : before.errors();
        for (ConfigError error : now.errors()) {
            if (!known.contains(error)) {
                log.atWarn()
                        .addKeyValue("object", error.object())
                        .addKeyValue("path", error.path())
                        .addKeyValue("reason", error.reason())
                        .log("Configuration object is wrong");
            }
        }
        if (before == null || !before.config().equals(now.config())) {
            log.atInfo()
                    .addKeyValue("pools", now.config().pools().size())
                    .addKeyValue("policies", now.config().policies().size())
                    .addKeyValue("peers", now.config().peers().size())
                    .addKeyValue("bgpAdvertisements", now.config().bgpAdvertisements().size())
                    .addKeyValue("l2Advertisements", now.config().layer2Advertisements().size())
                    .addKeyValue("errors", now.errors().size())
                    .log("Configuration read");
        }
    }
}
