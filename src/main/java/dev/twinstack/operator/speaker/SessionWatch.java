package dev.twinstack.operator.speaker;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports the sessions on a thread of its own: soon after one of them changed its state, and once
/// in a while for the numbers of routes. Many changes in a row become one report.
final class SessionWatch implements BgpEvents, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SessionWatch.class);

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Supplier<List<BGPSessionStatus>> sessions;
    private final Consumer<List<BGPSessionStatus>> report;
    private final Duration pause;
    private final Duration period;
    private final Semaphore changed = new Semaphore(0);
    private @Nullable Thread thread;
    private @Nullable String trouble;

    /// @param pause at least so long between two reports
    /// @param period at most so long between two looks
    SessionWatch(
            Supplier<List<BGPSessionStatus>> sessions,
            Consumer<List<BGPSessionStatus>> report,
            Duration pause,
            Duration period) {
        this.sessions = sessions;
        this.report = report;
        this.pause = pause;
        this.period = period;
    }

    void start() {
        thread = Thread.ofVirtual().name("session-watch").start(this::watch);
    }

    @Override
    public void stateChanged(String peer, SessionState from, SessionState to) {
        log.atDebug()
                .addKeyValue("peer", peer)
                .addKeyValue("from", from)
                .addKeyValue("to", to)
                .log("BGP session state changed");
        changed();
    }

    /// There is something new to report.
    void changed() {
        changed.release();
    }

    private void watch() {
        try {
            while (true) {
                reportNow();
                Thread.sleep(pause);
                if (changed.tryAcquire(period.toMillis(), TimeUnit.MILLISECONDS)) {
                    changed.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whatever goes wrong, the next report may succeed. What goes wrong each time is said once.
    private void reportNow() {
        try {
            report.accept(sessions.get());
            trouble = null;
        } catch (RuntimeException e) {
            String reason = Reasons.of(e);
            if (!reason.equals(trouble)) {
                log.atWarn()
                        .addKeyValue("reason", reason)
                        .setCause(e instanceof KubernetesClientException ? null : e)
                        .log("Cannot write the BGPSession objects, trying again");
            }
            trouble = reason;
        }
    }

    /// Ends with a last report, for which there is only a short while.
    void closeWith(List<BGPSessionStatus> last) {
        close();
        Thread running = thread;
        Thread lastWords =
                Thread.ofVirtual()
                        .name("session-watch-last")
                        .start(() -> {
                            try {
                                if (running == null || running.join(LAST_WORDS)) {
                                    report.accept(last);
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            } catch (RuntimeException e) {
                                log.atDebug().setCause(e).log("No last report");
                            }
                        });
        try {
            lastWords.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
