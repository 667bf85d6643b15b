package dev.twinstack.operator.controller;

import dev.twinstack.operator.TrimmedStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.quarkiverse.operatorsdk.runtime.QuarkusControllerConfiguration;
import java.time.Duration;
import java.util.function.UnaryOperator;

/// What the extension knows of a reconciler of ours from its annotations and
/// `application.properties`, with what the extension can't be told: how objects are kept, which of
/// them are worth a look, and that deletions are to be heard of. Without a finalizer on Services
/// that is how their addresses are given back.
final class WatchConfiguration<R extends HasMetadata> extends QuarkusControllerConfiguration<R> {

    /// Looks that nobody asked for; the SDK's own default.
    private static final Duration LONGEST_REST = Duration.ofHours(10);

    private final ConfigurationService service;

    /// @param filters which objects are worth a look
    WatchConfiguration(
            QuarkusControllerConfiguration<R> known,
            ConfigurationService service,
            UnaryOperator<ControllerConfigurationOverrider<R>> filters) {
        super(
                filters.apply(ControllerConfigurationOverrider.override(known))
                        .withItemStore(new TrimmedStore<>())
                        .build()
                        .getInformerConfig(),
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

    @Override
    public boolean triggerReconcilerOnAllEvents() {
        return true;
    }

    @Override
    public ConfigurationService getConfigurationService() {
        return service;
    }
}
