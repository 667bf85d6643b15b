package dev.twinstack.observe;

import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// The one registry behind `/metrics`. Without it every injection point would get a registry of its
/// own, and only Micrometer's would be shown.
final class MetricsRegistry {

    @Produces
    @Singleton
    CollectorRegistry registry() {
        return new CollectorRegistry(true);
    }
}
