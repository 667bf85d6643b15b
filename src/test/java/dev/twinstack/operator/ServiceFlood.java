package dev.twinstack.operator;

import static org.awaitility.Awaitility.await;

import dev.twinstack.testing.lab.LabServices;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Many creates from several clients at once, as a deployment tool sends them: what fails is sent
/// again.
final class ServiceFlood implements AutoCloseable {

    static final int SERVICES = 100;

    private static final int CLIENTS = 10;
    private static final Duration SERVED = Duration.ofSeconds(60);

    private final LabServices services;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final CountDownLatch running = new CountDownLatch(CLIENTS);
    private final Map<String, Long> createdAt = new ConcurrentHashMap<>();
    private final Map<String, Long> servedAt = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Service> following;

    ServiceFlood(LabServices services) {
        this.services = services;
        this.following = services.follow(this::seen);
        for (int client = 0; client < CLIENTS; client++) {
            Thread.ofVirtual().start(this::create);
        }
    }

    /// Returns in the middle of it.
    void awaitCreated(int count) {
        await("creates")
                .atMost(SERVED)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> created.get() >= count);
    }

    /// Waits until each has one address.
    ///
    /// @return all of these
    List<String> awaitServed() throws InterruptedException {
        if (!running.await(SERVED.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("only " + created + " of " + SERVICES + " could be created");
        }
        await("addresses of all").atMost(SERVED).until(() -> servedAt.size() == SERVICES);
        List<String> addresses = new ArrayList<>();
        services.all().forEach(service -> addresses.addAll(LabServices.addresses(service)));
        return addresses;
    }

    /// How many had an address in the answer.
    int answered() {
        return answered.get();
    }

    /// The longest time from the later of these to the address: the Service was created, `from`.
    ///
    /// @param from by [System#nanoTime()]
    Duration longestWait(long from) {
        return Duration.ofNanos(
                servedAt.entrySet().stream()
                        .mapToLong(served -> served.getValue() - since(served.getKey(), from))
                        .max()
                        .orElseThrow());
    }

    private long since(String name, long from) {
        return Math.max(from, createdAt.getOrDefault(name, from));
    }

    private void seen(Service service) {
        if (!LabServices.addresses(service).isEmpty()) {
            servedAt.putIfAbsent(service.getMetadata().getName(), System.nanoTime());
        }
    }

    private void create() {
        try {
            for (int i = next.getAndIncrement(); i < SERVICES; i = next.getAndIncrement()) {
                String name = "flood-" + i;
                while (!tryCreate(name)) {
                    Thread.onSpinWait();
                }
                createdAt.put(name, System.nanoTime());
                created.incrementAndGet();
            }
        } finally {
            running.countDown();
        }
    }

    private boolean tryCreate(String name) {
        try {
            if (!LabServices.answered(services.create(name)).isEmpty()) {
                answered.incrementAndGet();
            }
            return true;
        } catch (KubernetesClientException e) {
            return e.getCode() == HttpURLConnection.HTTP_CONFLICT;
        }
    }

    @Override
    public void close() {
        following.stop();
    }
}
