package dev.twinstack.operator.controller;

import dev.twinstack.crd.AddressClaim;
import dev.twinstack.operator.ClusterCounters;
import dev.twinstack.operator.ServiceEvent;
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

/// Gives AddressClaims their addresses, and lets them go when nobody uses them. A standby does
/// nothing. The claims in which the controller keeps addresses of deleted Services are
/// [KeptClaims]' business, but for one thing: who deletes such a claim ends the keeping.
@Singleton
@ControllerConfiguration(name = ClaimReconciler.NAME, generationAwareEventProcessing = false)
final class ClaimReconciler implements Reconciler<AddressClaim> {

    static final String NAME = "claim";

    /// Holds a claim that is to be deleted as long as a Service uses it.
    static final String FINALIZER = "twinstack.dev/in-use";

    private static final Logger log = LoggerFactory.getLogger(ClaimReconciler.class);
    private static final Duration AFTER_LAPSE = Duration.ofSeconds(1);
    private static final Duration AFTER_CONFLICT = Duration.ofMillis(100);

    private final ControllerPart part;
    private final ClusterCounters counters;

    ClaimReconciler(ControllerPart part, ClusterCounters counters) {
        this.part = part;
        this.counters = counters;
    }

    @Override
    public List<EventSource<?, AddressClaim>> prepareEventSources(
            EventSourceContext<AddressClaim> context) {
        CachedClaims claims = part.controller().cachedClaims();
        claims.use(context.getPrimaryCache());
        return List.of(claims.wakeups());
    }

    @Override
    public UpdateControl<AddressClaim> reconcile(
            AddressClaim claim, Context<AddressClaim> context) {
        Controller controller = part.controller();
        if (controller.cachedClaims().isKept(claim)) {
            controller.kept().touched();
        }
        if (context.isPrimaryResourceDeleted()) {
            controller.gone(claim);
            return UpdateControl.noUpdate();
        }
        if (controller.cachedClaims().isKept(claim)) {
            return UpdateControl.noUpdate();
        }
        Optional<ClaimPass> pass = controller.claimPass();
        if (pass.isEmpty()) {
            return controller.inOffice()
                    ? UpdateControl.<AddressClaim>noUpdate().rescheduleAfter(AFTER_LAPSE)
                    : UpdateControl.noUpdate();
        }
        counters.updated();
        try {
            return act(pass.get(), claim, context);
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_NOT_FOUND -> UpdateControl.noUpdate();
                // Somebody else was first: the newer object is on its way to the cache.
                case HttpURLConnection.HTTP_CONFLICT ->
                        UpdateControl.<AddressClaim>noUpdate().rescheduleAfter(AFTER_CONFLICT);
                default -> {
                    counters.failed();
                    log.atWarn()
                            .addKeyValue("claim", CachedClaims.key(claim))
                            .addKeyValue("reason", e.getMessage())
                            .log("Claim not written, trying again");
                    throw e;
                }
            };
        }
    }

    private UpdateControl<AddressClaim> act(
            ClaimPass pass, AddressClaim claim, Context<AddressClaim> context) {
        switch (pass.look(claim)) {
            case ClaimPass.Step.Nothing _ -> {
                // It says all of it already.
            }
            case ClaimPass.Step.LookAgain _ -> {
                return UpdateControl.<AddressClaim>noUpdate().rescheduleAfter(AFTER_CONFLICT);
            }
            // The SDK does not tell us of our own writes, so this goes on by itself.
            case ClaimPass.Step.AddFinalizer _ -> {
                AddressClaim held = context.resourceOperations().addFinalizer(FINALIZER);
                return act(pass, held, context);
            }
            case ClaimPass.Step.RemoveFinalizer _ -> {
                context.resourceOperations().removeFinalizer(FINALIZER);
                part.controller().gone(claim);
                log.atInfo().addKeyValue("claim", CachedClaims.key(claim)).log("Claim released");
            }
            case ClaimPass.Step.WriteStatus(AddressClaim edited, List<ServiceEvent> events) -> {
                AddressClaim written = context.resourceOperations().updatePrimaryStatus(edited);
                log.atInfo()
                        .addKeyValue("claim", CachedClaims.key(written))
                        .addKeyValue("addresses", written.getStatus().addresses())
                        .addKeyValue("usedBy", written.getStatus().usedBy())
                        .log("Claim status written");
                events.forEach(event -> part.controller().events().send(written, event));
            }
        }
        return UpdateControl.noUpdate();
    }
}
