package dev.twinstack.operator.controller;

import static java.util.stream.Collectors.joining;

import dev.twinstack.admission.ServiceAnnotations;
import dev.twinstack.admission.ServiceError;
import dev.twinstack.admission.ServiceIngress;
import dev.twinstack.admission.ServiceReader;
import dev.twinstack.admission.ServiceReading;
import dev.twinstack.allocation.Decision;
import dev.twinstack.allocation.Holding;
import dev.twinstack.allocation.Refusal;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.net.IpAddress;
import dev.twinstack.operator.ServiceEvent;
import dev.twinstack.operator.controller.ServiceOutcome.Journey;
import dev.twinstack.operator.controller.ServiceOutcome.Problem;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One look at one Service: brings the book up to date and says what to write. Asks nobody over the
/// network. The same Service may be looked at any number of times.
final class ServicePass {

    /// @param write the Service as it should be; empty if it is so already
    /// @param events to be sent once it is written
    record Result(Optional<Service> write, List<ServiceEvent> events) {
        static final Result NOTHING = new Result(Optional.empty(), List.of());
    }

    private final ServiceReader reader;
    private final AddressBook book;
    private final Function<String, Optional<Map<String, String>>> namespaceLabels;
    private final InstantSource clock;

    /// @param namespaceLabels empty for a namespace that has not been seen yet
    ServicePass(
            ServiceReader reader,
            AddressBook book,
            Function<String, Optional<Map<String, String>>> namespaceLabels,
            InstantSource clock) {
        this.reader = reader;
        this.book = book;
        this.namespaceLabels = namespaceLabels;
        this.clock = clock;
    }

    static ServiceKey key(Service service) {
        ObjectMeta metadata = service.getMetadata();
        return new ServiceKey(metadata.getNamespace(), metadata.getName());
    }

    static Instant created(Service service) {
        String created = service.getMetadata().getCreationTimestamp();
        return created == null ? Instant.MAX : Instant.parse(created);
    }

    /// What of these addresses would be kept if the Service were deleted.
    List<Retirement.Kept> worthKeeping(ServiceKey service, List<IpAddress> addresses) {
        return book.worthKeeping(service, addresses);
    }

    Result look(Service service) {
        Optional<Map<String, String>> labels =
                namespaceLabels.apply(service.getMetadata().getNamespace());
        return switch (reader.stored(service, labels.orElse(Map.of()))) {
            case ServiceReading.NotLoadBalancer _ -> noLongerOurs(service);
            case ServiceReading.OtherClass _ -> {
                book.release(key(service));
                yield Result.NOTHING;
            }
            case ServiceReading.NoClusterIp _ -> Result.NOTHING;
            case ServiceReading.Wrong wrong -> wrong(service, wrong.errors());
            // Pools go by the namespace's labels. When it is seen, all its Services are looked at.
            case ServiceReading.Asks _ when labels.isEmpty() -> Result.NOTHING;
            case ServiceReading.Asks asks ->
                    decided(service, book.confirm(asks.request(), created(service)));
        };
    }

    /// What is left in its status is taken back if it carries our marks, or is from our pools: a
    /// Service that comes from MetalLB may have no marks yet.
    private Result noLongerOurs(Service service) {
        book.release(key(service));
        return ServiceStatusEdit.isMarked(service)
                        || ServiceIngress.addresses(service).stream().anyMatch(book::isOurs)
                ? result(service, ServiceOutcome.NOTHING, List.of())
                : Result.NOTHING;
    }

    /// It keeps what it has: a typing error takes no address away.
    private Result wrong(Service service, List<ServiceError> errors) {
        Holding holding = book.keep(key(service));
        String text = errors.stream().map(ServiceError::text).collect(joining("; "));
        ServiceOutcome outcome =
                new ServiceOutcome(
                        holding.addresses(),
                        holding.isEmpty() ? Optional.empty() : Optional.of(holding.pool()),
                        Optional.of(new Problem("InvalidRequest", text)),
                        new Journey.AsItWas());
        return result(service, outcome, errors.stream().map(ServiceEvent::of).toList());
    }

    private Result decided(Service service, Decision decision) {
        if (decision instanceof Decision.Refused refused
                && refused.reason() instanceof Refusal.NoPools
                && !ServiceStatusEdit.isMarked(service)) {
            // Without a pool we give nothing, so what is in its status is somebody else's.
            return Result.NOTHING;
        }
        List<ServiceEvent> events = new ArrayList<>(ServiceEvent.of(decision));
        if (decision instanceof Decision.Assigned assigned && !assigned.added().isEmpty()) {
            ServiceAnnotations.deprecatedIn(service).stream()
                    .map(ServiceEvent::deprecated)
                    .forEach(events::add);
        }
        return result(service, outcome(decision), events);
    }

    private static ServiceOutcome outcome(Decision decision) {
        Optional<Refusal> why =
                switch (decision) {
                    case Decision.Assigned assigned -> assigned.missing();
                    case Decision.Refused refused -> Optional.of(refused.reason());
                };
        return new ServiceOutcome(
                decision.addresses(),
                decision.addresses().isEmpty() ? Optional.empty() : Optional.of(decision.pool()),
                why.map(reason -> new Problem(reason.getClass().getSimpleName(), reason.text())),
                Journey.of(
                        decision instanceof Decision.Assigned assigned
                                ? assigned.move()
                                : Optional.empty()));
    }

    /// What has been said before, by the Service's own conditions, is not said again.
    private Result result(Service service, ServiceOutcome outcome, List<ServiceEvent> events) {
        Optional<Service> edited = ServiceStatusEdit.edit(service, outcome, clock.instant());
        if (edited.isEmpty()) {
            return Result.NOTHING;
        }
        List<String> said = ServiceStatusEdit.saidOf(service);
        List<ServiceEvent> news =
                events.stream()
                        .filter(event -> said.stream().noneMatch(event.text()::endsWith))
                        .toList();
        return new Result(edited, news);
    }
}
