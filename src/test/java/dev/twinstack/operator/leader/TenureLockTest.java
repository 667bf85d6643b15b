package dev.twinstack.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TenureLockTest {

    private static final Instant RENEWED = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = RENEWED;
    private final Tenure tenure = new Tenure(() -> Duration.between(Instant.EPOCH, now).toNanos());
    private final StoredLock stored = new StoredLock();
    private final TenureLock lock =
            new TenureLock(stored, tenure, Duration.ofSeconds(10), () -> now);
    private final KubernetesClient unused = new KubernetesClientBuilder().build();

    @AfterEach
    void close() {
        unused.close();
    }

    @Test
    void aRenewalCountsFromTheTimeItNamesNotFromWhenItCameBack() {
        // Given a write that takes four seconds
        stored.takes = Duration.ofSeconds(4);

        // When the lease is renewed
        lock.update(unused, heldBy("me"));

        // Then six of the ten seconds are left
        now = RENEWED.plusSeconds(9);
        assertThat(tenure.lasts()).isTrue();
        now = RENEWED.plusSeconds(10);
        assertThat(tenure.lasts()).isFalse();
    }

    @Test
    void aRenewalThatFailsGivesNoTime() {
        // Given a lease that somebody else has changed meanwhile
        stored.failure = new KubernetesClientException("conflict", 409, null);

        // When, Then
        assertThatThrownBy(() -> lock.update(unused, heldBy("me")))
                .isInstanceOf(KubernetesClientException.class);
        assertThat(tenure.lasts()).isFalse();
    }

    @Test
    void givingTheLeaseBackEndsTheTenureBeforeOthersCanSeeIt() {
        // Given a leader, and a server that does not answer any more
        lock.update(unused, heldBy("me"));
        stored.failure = new KubernetesClientException("timeout");

        // When, Then
        assertThatThrownBy(() -> lock.update(unused, heldBy(null)))
                .isInstanceOf(KubernetesClientException.class);
        assertThat(tenure.lasts()).isFalse();
    }

    private static LeaderElectionRecord heldBy(@Nullable String holder) {
        var renewed = RENEWED.atZone(ZoneOffset.UTC);
        return new LeaderElectionRecord(holder, Duration.ofSeconds(15), renewed, renewed, 0);
    }

    /// Keeps nothing; takes its time or fails.
    private final class StoredLock implements Lock {
        private Duration takes = Duration.ZERO;
        private @Nullable KubernetesClientException failure;

        @Override
        public LeaderElectionRecord get(KubernetesClient client) {
            return heldBy("other");
        }

        @Override
        public void create(KubernetesClient client, LeaderElectionRecord record) {
            update(client, record);
        }

        @Override
        public void update(KubernetesClient client, LeaderElectionRecord record) {
            now = now.plus(takes);
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public String identity() {
            return "me";
        }

        @Override
        public String describe() {
            return "a lease";
        }
    }
}
