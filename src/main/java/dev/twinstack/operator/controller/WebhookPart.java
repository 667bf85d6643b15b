package dev.twinstack.operator.controller;

import dev.twinstack.admission.WebhookMetrics;
import dev.twinstack.admission.WebhookSettings;
import dev.twinstack.admission.Webhooks;
import dev.twinstack.operator.ClusterConfigStore;
import dev.twinstack.operator.ConfigSnapshot;
import dev.twinstack.operator.Role;
import dev.twinstack.operator.RolePart;
import dev.twinstack.operator.RunSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Serves the webhooks in the roles with a controller, leading or not: who does not lead lets
/// everything pass.
@Singleton
final class WebhookPart implements RolePart {

    private final Vertx vertx;
    private final Instance<KubernetesClient> client;
    private final RunSettings settings;
    private final ClusterConfigStore store;
    private final ControllerPart controller;
    private final WebhookMetrics metrics;
    private volatile @Nullable Webhooks webhooks;

    WebhookPart(
            Vertx vertx,
            Instance<KubernetesClient> client,
            RunSettings settings,
            ClusterConfigStore store,
            ControllerPart controller,
            WebhookMetrics metrics) {
        this.vertx = vertx;
        this.client = client;
        this.settings = settings;
        this.store = store;
        this.controller = controller;
        this.metrics = metrics;
    }

    @Override
    public boolean runsIn(Role role) {
        return role.controls();
    }

    @Override
    public Phase phase() {
        return Phase.SERVERS;
    }

    @Override
    public void start() {
        Webhooks started =
                new Webhooks(
                        vertx,
                        client.get(),
                        WebhookSettings.of(settings.namespace(), settings.webhookPort())
                                .withExtraNames(settings.webhookNames().orElse(Set.of()))
                                .withLoadBalancerClass(settings.lbClass().orElse("")),
                        controller.controller().authority(),
                        () -> store.current().map(ConfigSnapshot::objects),
                        metrics,
                        Clock.systemUTC());
        webhooks = started;
        started.start();
    }

    @Override
    public void stop() {
        Webhooks running = webhooks;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public Optional<String> notReady() {
        Webhooks running = webhooks;
        return running != null && running.ready()
                ? Optional.empty()
                : Optional.of("webhooks not served yet, or caBundle not written yet");
    }
}
