package dev.twinstack.observe;

import dev.twinstack.admission.WebhookMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// `twinstack_webhook_answers_seconds`, by path and outcome.
@Singleton
final class WebhookMeters implements WebhookMetrics {

    private record Key(String path, Outcome outcome) {}

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    WebhookMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void answered(String path, Outcome outcome, Duration took) {
        timers.computeIfAbsent(new Key(path, outcome), this::timer).record(took);
    }

    private Timer timer(Key key) {
        return Timer.builder("twinstack.webhook.answers")
                .description("Answers of the webhooks, from the request's last byte on")
                .tag("path", key.path())
                .tag("outcome", key.outcome().name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
