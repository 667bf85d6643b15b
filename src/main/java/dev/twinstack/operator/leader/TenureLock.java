package dev.twinstack.operator.leader;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A lock that keeps the [Tenure] in step with what was written to it. The tenure counts from the
/// renew time in the record, which is what the others go by, not from when the write came back.
final class TenureLock implements Lock {

    private static final Logger log = LoggerFactory.getLogger(TenureLock.class);

    private final Lock lock;
    private final Tenure tenure;
    private final Duration renewDeadline;
    private final InstantSource clock;
    private String lastTrouble = "";

    /// @param renewDeadline how long a renewal is good for
    TenureLock(Lock lock, Tenure tenure, Duration renewDeadline, InstantSource clock) {
        this.lock = lock;
        this.tenure = tenure;
        this.renewDeadline = renewDeadline;
        this.clock = clock;
    }

    @Override
    public LeaderElectionRecord get(KubernetesClient client) {
        try {
            LeaderElectionRecord record = lock.get(client);
            lastTrouble = "";
            return record;
        } catch (KubernetesClientException e) {
            throw said(e);
        }
    }

    @Override
    public void create(KubernetesClient client, LeaderElectionRecord record) {
        try {
            lock.create(client, record);
            written(record);
        } catch (KubernetesClientException e) {
            throw said(e);
        }
    }

    @Override
    public void update(KubernetesClient client, LeaderElectionRecord record) {
        if (!identity().equals(record.getHolderIdentity())) {
            // Giving the lease back: nothing may be decided once others can see that.
            tenure.end();
        }
        try {
            lock.update(client, record);
            written(record);
        } catch (KubernetesClientException e) {
            throw said(e);
        }
    }

    @Override
    public String identity() {
        return lock.identity();
    }

    @Override
    public String describe() {
        return lock.describe();
    }

    private void written(LeaderElectionRecord record) {
        if (!identity().equals(record.getHolderIdentity())) {
            return;
        }
        ZonedDateTime renewed = record.getRenewTime();
        Duration since = Duration.between(renewed.toInstant(), clock.instant());
        tenure.extend(renewDeadline.minus(since.isNegative() ? Duration.ZERO : since));
    }

    /// One line per new trouble; a lost race for the lease is none.
    private KubernetesClientException said(KubernetesClientException e) {
        String trouble = String.valueOf(e.getMessage());
        if (e.getCode() != 409 && !trouble.equals(lastTrouble)) {
            log.atWarn()
                    .addKeyValue("lease", describe())
                    .addKeyValue("reason", trouble)
                    .log("Cannot use the lease, trying again");
            lastTrouble = trouble;
        }
        return e;
    }
}
