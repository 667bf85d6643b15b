package dev.twinstack.operator.controller;

import dev.twinstack.admission.ServiceIngress;
import dev.twinstack.operator.ClusterCounters;
import dev.twinstack.operator.ServiceEvent;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes each Service's status say what the book says: one status update, guarded by the object's
/// `resourceVersion`, and only when something changes. A standby does nothing.
@Singleton
@ControllerConfiguration(name = ServiceReconciler.NAME, generationAwareEventProcessing = false)
final class ServiceReconciler implements Reconciler<Service> {

    static final String NAME = "service";

    private static final Logger log = LoggerFactory.getLogger(ServiceReconciler.class);
    private static final Duration AFTER_LAPSE = Duration.ofSeconds(1);
    private static final Duration AFTER_CONFLICT = Duration.ofMillis(100);

    private final ControllerPart part;
    private final ClusterCounters counters;

    ServiceReconciler(ControllerPart part, ClusterCounters counters) {
        this.part = part;
        this.counters = counters;
    }

    @Override
    public List<EventSource<?, Service>> prepareEventSources(EventSourceContext<Service> context) {
        CachedServices services = part.controller().cachedServices();
        services.use(context.getPrimaryCache());
        return List.of(services.wakeups());
    }

    @Override
    public UpdateControl<Service> reconcile(Service service, Context<Service> context) {
        Controller controller = part.controller();
        if (context.isPrimaryResourceDeleted()) {
            controller.gone(ServicePass.key(service));
            return UpdateControl.noUpdate();
        }
        Optional<ServicePass> pass = controller.pass();
        if (pass.isEmpty()) {
            // Who takes office looks at every Service; who only lapsed may go on without that.
            return controller.inOffice()
                    ? UpdateControl.<Service>noUpdate().rescheduleAfter(AFTER_LAPSE)
                    : UpdateControl.noUpdate();
        }
        counters.updated();
        ServicePass.Result result = pass.get().look(service);
        if (result.write().isEmpty()) {
            return UpdateControl.noUpdate();
        }
        Service edited = result.write().get();
        noteKept(edited, pass.get());
        return write(edited, result.events(), context);
    }

    private void noteKept(Service edited, ServicePass pass) {
        pass.worthKeeping(ServicePass.key(edited), ServiceIngress.addresses(edited))
                .forEach(part.controller().kept()::note);
    }

    private UpdateControl<Service> write(
            Service edited, List<ServiceEvent> events, Context<Service> context) {
        try {
            Service written = context.resourceOperations().updatePrimaryStatus(edited);
            log.atInfo()
                    .addKeyValue("service", ServicePass.key(written))
                    .addKeyValue("addresses", ServiceIngress.addresses(written))
                    .log("Service status written");
            events.forEach(event -> part.controller().events().send(written, event));
            return UpdateControl.noUpdate();
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_NOT_FOUND -> UpdateControl.noUpdate();
                // Somebody else was first: the newer object is on its way to the cache.
                case HttpURLConnection.HTTP_CONFLICT ->
                        UpdateControl.<Service>noUpdate().rescheduleAfter(AFTER_CONFLICT);
                default -> {
                    counters.failed();
                    log.atWarn()
                            .addKeyValue("service", ServicePass.key(edited))
                            .addKeyValue("reason", e.getMessage())
                            .log("Service status not written, trying again");
                    throw e;
                }
            };
        }
    }
}
