package dev.twinstack.operator.controller;

import dev.twinstack.admission.ServiceIngress;
import dev.twinstack.allocation.ServiceKey;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The reconciler's Services, and the way to have one looked at again.
final class CachedServices {

    private final SimpleInboundEventSource<Service> wakeups =
            new SimpleInboundEventSource<>("wakeups");
    private volatile @Nullable Cache<Service> cache;

    void use(Cache<Service> services) {
        cache = services;
    }

    SimpleInboundEventSource<Service> wakeups() {
        return wakeups;
    }

    void wake(ServiceKey service) {
        wakeups.propagateEvent(new ResourceID(service.name(), service.namespace()));
    }

    Optional<Service> find(ServiceKey service) {
        Cache<Service> services = cache;
        return services == null
                ? Optional.empty()
                : services.get(new ResourceID(service.name(), service.namespace()));
    }

    /// Wakes all that fit: those that wait for an address before those that have one, each oldest
    /// first.
    void wakeAll(Predicate<Service> wanted) {
        Cache<Service> services = cache;
        if (services != null) {
            services.list(wanted).map(Turn::of).sorted(TURNS).forEach(turn -> wake(turn.service()));
        }
    }

    /// When a Service is looked at. Read once: the text of a time is not cheap to compare.
    private record Turn(boolean served, Instant created, ServiceKey service) {

        static Turn of(Service service) {
            return new Turn(
                    !ServiceIngress.entries(service.getStatus()).isEmpty(),
                    ServicePass.created(service),
                    ServicePass.key(service));
        }
    }

    private static final Comparator<Turn> TURNS =
            Comparator.comparing(Turn::served)
                    .thenComparing(Turn::created)
                    .thenComparing(Turn::service);
}
