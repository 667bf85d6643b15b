package dev.twinstack.operator.controller;

import io.javaoperatorsdk.operator.Operator;
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
                                overrider
                                        .withResourceCloner(
                                                new ServicesUncopied(known.getResourceCloner()))
                                        .withMetrics(Metrics.NOOP));
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
