package dev.twinstack.admission.certificate;

import dev.twinstack.admission.certificate.CertificateSet.Lifetimes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the certificates good as long as the process lives: renews what is due, takes over what
/// another replica has renewed, and puts `caBundle` right whenever somebody changes it. Works on
/// one virtual thread of its own.
public final class CertificateKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CertificateKeeper.class);

    /// Also covers for a watch that can't be had, and for the clock being set.
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final SecretVault vault;
    private final CertificateRenewal renewal;
    private final CaBundleWriter bundles;
    private final Clock clock;
    private final BlockingQueue<Boolean> wakeUps = new ArrayBlockingQueue<>(1);
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private @Nullable Thread worker;
    private volatile boolean bundlesWritten;
    private volatile boolean closed;

    /// @param names what the serving certificate must be good for
    /// @param configuration the name of both webhook configurations
    /// @param definition the name of the CRD with the conversion webhook
    public CertificateKeeper(
            KubernetesClient client,
            String namespace,
            String secret,
            Set<String> names,
            String configuration,
            String definition,
            Clock clock) {
        this.vault = new SecretVault(client, namespace, secret);
        this.renewal = new CertificateRenewal(vault, names, Lifetimes.DEFAULT);
        this.bundles = new CaBundleWriter(client, configuration, definition);
        this.clock = clock;
    }

    /// The certificates to begin with, stored when this returns. Blocks.
    ///
    /// @throws KubernetesClientException where the Secret can't be read or written
    public CertificateSet obtain() {
        return renewal.renew(clock.instant()).certificates();
    }

    /// From now on, until [#close]. To be called once, when the listener is open.
    ///
    /// @param current what [#obtain] gave
    /// @param renewed gets every later serving certificate, on the thread of the keeper
    public void keep(CertificateSet current, Consumer<ServingCertificate> renewed) {
        watch(vault.secret());
        bundles.resources().forEach(this::watch);
        worker =
                Thread.ofVirtual()
                        .name("webhook-certificates")
                        .start(() -> run(current.serving(), renewed));
    }

    /// Whether the API server has been told whom to trust.
    public boolean bundlesWritten() {
        return bundlesWritten;
    }

    @Override
    public void close() {
        closed = true;
        informers.forEach(SharedIndexInformer::stop);
        if (worker != null) {
            worker.interrupt();
        }
    }

    private void run(ServingCertificate first, Consumer<ServingCertificate> renewed) {
        ServingCertificate serving = first;
        while (!closed) {
            Duration pause = PAUSE_AFTER_FAILURE;
            try {
                CertificateRenewal.Outcome outcome = renewal.renew(clock.instant());
                if (!outcome.certificates().serving().equals(serving)) {
                    serving = outcome.certificates().serving();
                    renewed.accept(serving);
                }
                bundles.write(outcome.certificates());
                bundlesWritten = true;
                pause = Duration.between(clock.instant(), outcome.next());
            } catch (RuntimeException e) {
                if (!closed) {
                    log.atWarn().setCause(e).log("Webhook certificates could not be checked");
                }
            }
            if (!await(pause)) {
                return;
            }
        }
    }

    /// Until the pause is over or something has changed; false: the thread is to end.
    private boolean await(Duration pause) {
        Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        try {
            wakeUps.poll(Math.max(1, bounded.toMillis()), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private <T extends HasMetadata> void watch(Resource<T> resource) {
        try {
            informers.add(resource.inform(wakeUp()));
        } catch (KubernetesClientException e) {
            log.atWarn().setCause(e).log("Changes will be noticed late, as there is no watch");
        }
    }

    private <T> ResourceEventHandler<T> wakeUp() {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                wakeUps.offer(true);
            }

            @Override
            public void onUpdate(T before, T after) {
                wakeUps.offer(true);
            }

            @Override
            public void onDelete(T object, boolean unknown) {
                wakeUps.offer(true);
            }
        };
    }
}
