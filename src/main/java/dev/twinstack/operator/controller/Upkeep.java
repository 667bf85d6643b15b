package dev.twinstack.operator.controller;

import dev.twinstack.config.ConfigError;
import dev.twinstack.operator.ClusterConfigStore;
import dev.twinstack.operator.ConfigSnapshot;
import dev.twinstack.operator.ConfigurationStateReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the leader does now and then: ends reservations and what is kept, and brings its label, the
/// claims of deleted Services, the objects of the old ConfigMap, and the statuses of pools,
/// policies and configuration up to date; removes BGPSessions that nobody does so with. What fails
/// is done again the next time.
final class Upkeep implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final Controller controller;
    private final ClusterConfigStore store;
    private final PoolStatuses poolStatuses;
    private final PolicyStatuses policyStatuses;
    private final ConfigurationStateReport stateReport;
    private final LegacyConfigSync legacy;
    private final SessionCleanup sessions;
    private final List<Thread> threads = new ArrayList<>();
    private final UpkeepSteps steps = new UpkeepSteps();
    private @Nullable List<ConfigError> reported;
    private List<ConfigError> legacyErrors = List.of();

    Upkeep(
            Controller controller,
            ClusterConfigStore store,
            PoolStatuses poolStatuses,
            PolicyStatuses policyStatuses,
            ConfigurationStateReport stateReport,
            LegacyConfigSync legacy,
            SessionCleanup sessions) {
        this.controller = controller;
        this.store = store;
        this.poolStatuses = poolStatuses;
        this.policyStatuses = policyStatuses;
        this.stateReport = stateReport;
        this.legacy = legacy;
        this.sessions = sessions;
    }

    void start() {
        // Reservations end on time whatever the API server does.
        repeat("expiry", () -> controller.book().ifPresent(AddressBook::expire));
        repeat("upkeep", this::writeAll);
    }

    private void repeat(String name, Runnable work) {
        threads.add(Thread.ofVirtual().name(name).start(() -> run(work)));
    }

    private void run(Runnable work) {
        try {
            while (true) {
                Thread.sleep(safely(work) ? PAUSE : PAUSE_AFTER_FAILURE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean safely(Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("Upkeep failed, trying again");
            return false;
        }
    }

    private void writeAll() {
        controller.labelPod();
        Optional<AddressBook> book = controller.book();
        if (book.isPresent()) {
            once(book.get());
        } else {
            reported = null;
            legacyErrors = List.of();
            legacy.forget();
            steps.forget();
        }
    }

    /// What is kept comes first: everything else can be told again from the cluster.
    private void once(AddressBook book) {
        Optional<ConfigSnapshot> snapshot = store.current();
        steps.attempt("kept claims", () -> controller.kept().follow(book));
        snapshot.ifPresent(current -> {
            steps.attempt("old ConfigMap", () -> legacyErrors = legacy.follow(current));
            List<ConfigError> errors = new ArrayList<>(current.errors());
            errors.addAll(legacyErrors);
            steps.attempt("configuration state", () -> report(errors));
        });
        steps.attempt("pool statuses", () -> poolStatuses.write(store.pools(), book.usage()));
        snapshot.ifPresent(current ->
                steps.attempt(
                        "policy statuses",
                        () -> policyStatuses.write(store.policies(), current, book)));
        snapshot.ifPresent(
                current -> steps.attempt("BGPSession clean-up", () -> sessions.look(current)));
    }

    private void report(List<ConfigError> errors) {
        if (!errors.equals(reported)) {
            stateReport.write(errors);
            reported = errors;
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
