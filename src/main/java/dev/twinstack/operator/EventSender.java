package dev.twinstack.operator;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends Events in the background, in order. Events are words for people: under a flood the newest
/// are dropped rather than that anything waits for them.
public final class EventSender implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventSender.class);
    private static final int BACKLOG = 10_000;

    private final KubernetesClient client;
    private final InstantSource clock;
    private final String component;
    private final ExecutorService sender =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(BACKLOG),
                    Thread.ofVirtual().name("events").factory(),
                    new ThreadPoolExecutor.DiscardPolicy());

    /// @param component who the Events are from
    public EventSender(KubernetesClient client, InstantSource clock, String component) {
        this.client = client;
        this.clock = clock;
        this.component = component;
    }

    public void send(HasMetadata about, ServiceEvent event) {
        Event object = event(about, event, component, clock.instant());
        sender.execute(() -> create(object));
    }

    private void create(Event object) {
        try {
            client.v1()
                    .events()
                    .inNamespace(object.getMetadata().getNamespace())
                    .resource(object)
                    .create();
        } catch (KubernetesClientException e) {
            log.atDebug()
                    .addKeyValue("object", object.getInvolvedObject().getName())
                    .addKeyValue("reason", e.getMessage())
                    .log("Event not sent");
        }
    }

    private static Event event(
            HasMetadata about, ServiceEvent event, String component, Instant now) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(about.getMetadata().getNamespace())
                .withGenerateName(about.getMetadata().getName() + ".")
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .withResourceVersion(about.getMetadata().getResourceVersion())
                .endInvolvedObject()
                .withReason(event.reason())
                .withType(event.type().toString())
                .withMessage(event.text())
                .withNewSource()
                .withComponent(component)
                .endSource()
                .withReportingComponent(component)
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .build();
    }

    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(1, TimeUnit.SECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException e) {
            sender.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
