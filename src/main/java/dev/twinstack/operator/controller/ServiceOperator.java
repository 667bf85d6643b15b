package dev.twinstack.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.quarkiverse.operatorsdk.runtime.QuarkusConfigurationService;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.function.UnaryOperator;

/// The operator SDK with our reconcilers, made and started only in the roles that have a
/// controller. Everything that can be said in `application.properties` stands there.
@Singleton
final class ServiceOperator {

    /// A look at a Service changes nothing in it: what is written is a copy. So it gets the object
    /// of the cache itself.
    private static final Cloner NO_COPY =
            new Cloner() {
                @Override
                public <R extends HasMetadata> R clone(R object) {
                    return object;
                }
            };

    private final Instance<QuarkusConfigurationService> extension;
    private final Instance<ServiceReconciler> reconciler;
    private final Instance<ClaimReconciler> claimReconciler;

    ServiceOperator(
            Instance<QuarkusConfigurationService> extension,
            Instance<ServiceReconciler> reconciler,
            Instance<ClaimReconciler> claimReconciler) {
        this.extension = extension;
        this.reconciler = reconciler;
        this.claimReconciler = claimReconciler;
    }

    /// Not started yet.
    Operator create() {
        QuarkusConfigurationService known = extension.get();
        ConfigurationService settings =
                ConfigurationService.newOverriddenConfigurationService(
                        known,
                        overrider ->
                                overrider.withResourceCloner(NO_COPY).withMetrics(Metrics.NOOP));
        Operator operator = new Operator(settings);
        ServiceReconciler services = reconciler.get();
        operator.register(
                services,
                new WatchConfiguration<>(
                        known.getConfigurationFor(services),
                        settings,
                        overrider ->
                                overrider
                                        .withOnAddFilter(ServiceFilters::added)
                                        .withOnUpdateFilter(ServiceFilters::updated)));
        ClaimReconciler claims = claimReconciler.get();
        operator.register(
                claims,
                new WatchConfiguration<>(
                        known.getConfigurationFor(claims), settings, UnaryOperator.identity()));
        return operator;
    }
}
