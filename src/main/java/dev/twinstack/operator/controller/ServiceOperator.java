package dev.twinstack.operator.controller;

import dev.twinstack.operator.TrimmedStore;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;

/// The operator SDK with our one reconciler. It hears of deletions too: without a finalizer on
/// Services that is how their addresses are given back.
final class ServiceOperator {

    private static final int THREADS = 8;
    private static final Duration LONGEST_LIST = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private ServiceOperator() {}

    static Operator of(KubernetesClient client, ServiceReconciler reconciler) {
        Operator operator =
                new Operator(overrider ->
                        overrider
                                .withKubernetesClient(client)
                                .withCloseClientOnStop(false)
                                .withConcurrentReconciliationThreads(THREADS)
                                .withCacheSyncTimeout(LONGEST_LIST)
                                .withReconciliationTerminationTimeout(GRACE)
                                .withStopOnInformerErrorDuringStartup(false)
                                .withUseSSAToPatchPrimaryResource(false));
        operator.register(
                reconciler,
                overrider ->
                        overrider
                                .withGenerationAware(false)
                                .withTriggerReconcilerOnAllEvents(true)
                                .withRetry(retry())
                                .withOnAddFilter(ServiceFilters::added)
                                .withOnUpdateFilter(ServiceFilters::updated)
                                .withItemStore(new TrimmedStore<>()));
        return operator;
    }

    private static GenericRetry retry() {
        return new GenericRetry()
                .setInitialInterval(Duration.ofMillis(200))
                .setMaxInterval(Duration.ofSeconds(30).toMillis())
                .withoutMaxAttempts();
    }
}
