package dev.twinstack.operator.controller;

import dev.twinstack.operator.TrimmedStore;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.quarkiverse.operatorsdk.runtime.QuarkusControllerConfiguration;
import java.time.Duration;

/// What the extension knows of our reconciler from its annotations and `application.properties`,
/// with what the extension can't be told: which Services are worth a look, how they are kept, and
/// that deletions are to be heard of. Without a finalizer on Services that is how their addresses
/// are given back.
final class ServiceConfiguration extends QuarkusControllerConfiguration<Service> {

    /// Looks that nobody asked for; the SDK's own default.
    private static final Duration LONGEST_REST = Duration.ofHours(10);

    private final ConfigurationService service;

    ServiceConfiguration(
            QuarkusControllerConfiguration<Service> known, ConfigurationService service) {
        super(
                informer(known),
                known.getName(),
                known.isGenerationAware(),
                known.getAssociatedReconcilerClassName(),
                known.getRetry(),
                known.getRateLimiter(),
                known.maxReconciliationInterval().orElse(LONGEST_REST),
                known.getFinalizerName(),
                known.fieldManager(),
                known.getWorkflow(),
                known.getResourceTypeName(),
                known.getResourceClass());
        this.service = service;
    }

    private static InformerConfiguration<Service> informer(
            QuarkusControllerConfiguration<Service> known) {
        return ControllerConfigurationOverrider.override(known)
                .withOnAddFilter(ServiceFilters::added)
                .withOnUpdateFilter(ServiceFilters::updated)
                .withItemStore(new TrimmedStore<>())
                .build()
                .getInformerConfig();
    }

    @Override
    public boolean triggerReconcilerOnAllEvents() {
        return true;
    }

    @Override
    public ConfigurationService getConfigurationService() {
        return service;
    }
}
