package dev.twinstack.observe;

import dev.twinstack.operator.ClusterConfigStore;
import dev.twinstack.operator.ClusterCounters;
import dev.twinstack.operator.ControllerView;
import dev.twinstack.operator.RunSettings;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Puts the metrics of roles with a cluster beside those of the process at `/metrics`.
@ApplicationScoped
class ControllerMetricsRegistration {

    void onStart(
            @Observes StartupEvent event,
            RunSettings settings,
            CollectorRegistry registry,
            ClusterCounters counters,
            ClusterConfigStore store,
            ControllerView controller) {
        if (settings.role().needsCluster()) {
            registry.register(new ControllerMetrics(counters, store, controller));
        }
    }
}
