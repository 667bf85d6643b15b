package dev.twinstack.observe;

import dev.twinstack.operator.speaker.SpeakerView;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Puts the speaker's metrics beside those of the process at `/metrics`.
@ApplicationScoped
class SpeakerMetricsRegistration {

    void onStart(@Observes StartupEvent event, CollectorRegistry registry, SpeakerView speaker) {
        registry.register(new SpeakerMetrics(speaker));
        registry.register(new BfdMetrics(speaker::bfdSessions));
    }
}
