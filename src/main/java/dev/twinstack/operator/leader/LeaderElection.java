package dev.twinstack.operator.leader;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes part in the election for one Lease until it is closed; a leader that has lost goes on as a
/// candidate. At close the lease is given back, so that another takes over at once.
public final class LeaderElection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LeaderElection.class);

    /// Told in order, on a thread of the election.
    public interface Listener {
        void elected();

        void deposed();
    }

    /// @param duration others take over a lease that was not renewed for so long
    /// @param renewDeadline a leader that could not renew for so long stops; shorter than duration
    public record Timing(Duration duration, Duration renewDeadline, Duration retryPeriod) {}

    private final KubernetesClient client;
    private final LeaderElectionConfig config;
    private final Tenure tenure = new Tenure(System::nanoTime);
    private final Listener listener;
    private final String identity;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable CompletableFuture<?> candidacy;
    private @Nullable Thread standing;
    private boolean closed;

    public LeaderElection(
            KubernetesClient client,
            String namespace,
            String lease,
            String identity,
            Timing timing,
            Listener listener) {
        this.client =
                client.newClient(
                                new RequestConfigBuilder()
                                        .withRequestTimeout((int) timing.retryPeriod.toMillis() * 2)
                                        .withRequestRetryBackoffLimit(0)
                                        .build())
                        .adapt(NamespacedKubernetesClient.class);
        this.identity = identity;
        this.listener = listener;
        this.config =
                new LeaderElectionConfig(
                        new TenureLock(
                                new LeaseLock(namespace, lease, identity),
                                tenure,
                                timing.renewDeadline,
                                InstantSource.system()),
                        timing.duration,
                        timing.renewDeadline,
                        timing.retryPeriod,
                        new LeaderCallbacks(this::elected, this::deposed, this::newLeader),
                        true,
                        lease);
    }

    public Tenure tenure() {
        return tenure;
    }

    public void start() {
        standing = Thread.ofVirtual().name("leader-election").start(this::stand);
    }

    /// Stands again and again: an elector is done once it has lost.
    private void stand() {
        while (true) {
            CompletableFuture<?> current;
            synchronized (this) {
                if (closed) {
                    return;
                }
                current = new LeaderElector(client, config, threads).start();
                candidacy = current;
            }
            try {
                current.join();
            } catch (CancellationException e) {
                return;
            } catch (CompletionException e) {
                log.atWarn().setCause(e).log("Leader election failed, standing again");
            }
        }
    }

    private void elected() {
        log.atInfo().addKeyValue("identity", identity).log("Elected as leader");
        listener.elected();
    }

    private void deposed() {
        tenure.end();
        log.atInfo().addKeyValue("identity", identity).log("No longer the leader");
        listener.deposed();
    }

    private void newLeader(@Nullable String leader) {
        if (leader != null && !leader.equals(identity)) {
            log.atInfo().addKeyValue("leader", leader).log("Another controller leads");
        }
    }

    @Override
    public void close() {
        CompletableFuture<?> running;
        synchronized (this) {
            closed = true;
            running = candidacy;
        }
        if (running != null) {
            // Gives the lease back, in this thread.
            running.cancel(true);
        }
        Thread thread = standing;
        if (thread != null) {
            thread.interrupt();
        }
        threads.shutdownNow();
        tenure.end();
    }
}
