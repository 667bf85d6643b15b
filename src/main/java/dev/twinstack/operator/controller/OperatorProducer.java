package dev.twinstack.operator.controller;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Makes the operator in place of the extension: that one (7.7.3) forgets that the reconciler wants
/// to hear of deletions, without which no address would be given back.
@Singleton
final class OperatorProducer {

    @Produces
    @ApplicationScoped
    Operator operator(ConfigurationService configuration, ServiceReconciler reconciler) {
        Operator operator = new Operator(configuration);
        operator.register(
                reconciler, overrider -> overrider.withTriggerReconcilerOnAllEvents(true));
        return operator;
    }
}
