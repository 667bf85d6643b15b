package dev.twinstack.operator.controller;

import dev.twinstack.admission.AddressAuthority;
import dev.twinstack.admission.ClusterFamilies;
import dev.twinstack.admission.ServiceReader;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.operator.ClusterConfigStore;
import dev.twinstack.operator.ConfigSnapshot;
import dev.twinstack.operator.EventSender;
import dev.twinstack.operator.ExplainAnswer;
import dev.twinstack.operator.Reasons;
import dev.twinstack.operator.RunSettings;
import dev.twinstack.operator.leader.LeaderElection;
import dev.twinstack.operator.leader.LeaderLabel;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One controller, leading or standing by. A standby watches everything and decides nothing; when
/// it is elected it first reads what all Services hold, then opens its book.
final class Controller implements LeaderElection.Listener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Controller.class);
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final Duration RETRY_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SOURCES = Duration.ofMinutes(1);

    private final RunSettings settings;
    private final ClusterConfigStore store;
    private final CachedServices services = new CachedServices();
    private final CachedClaims claims;
    private final KeptClaims kept;
    private final NamespaceLabels namespaces;
    private final ServiceReader reader;
    private final Takeover takeover;
    private final FamilyDetection families;
    private final EventSender events;
    private final LeaderElection election;
    private final LeaderAuthority authority;
    private final Departures departures;
    private final LeaderLabel label;
    private final InstantSource clock = InstantSource.system();
    private @Nullable Thread takingOver;

    /// What a take-over waits for.
    private volatile String hurdle = "";

    Controller(
            KubernetesClient client,
            RunSettings settings,
            ClusterConfigStore store,
            String identity) {
        this.settings = settings;
        this.store = store;
        this.claims = new CachedClaims(settings.namespace());
        this.kept = new KeptClaims(client, settings.namespace(), claims);
        this.namespaces = new NamespaceLabels(client, services);
        this.reader = new ServiceReader(settings.lbClass().orElse(""));
        this.takeover = new Takeover(client, reader, namespaces::find, claims::isKept);
        this.families = new FamilyDetection(client, settings.namespace());
        this.events = new EventSender(client, clock, "twinstack-controller");
        this.election = election(client, settings, identity);
        this.authority =
                new LeaderAuthority(
                        election.tenure()::lasts,
                        namespaces::find,
                        store,
                        client,
                        settings.namespace());
        this.departures = new Departures(authority::bookInOffice);
        this.label = new LeaderLabel(client, settings.namespace(), settings.podName());
    }

    private LeaderElection election(
            KubernetesClient client, RunSettings settings, String identity) {
        RunSettings.Lease lease = settings.lease();
        return new LeaderElection(
                client,
                settings.namespace(),
                lease.name(),
                identity,
                new LeaderElection.Timing(
                        lease.duration(), lease.renewDeadline(), lease.retryPeriod()),
                this);
    }

    CachedServices cachedServices() {
        return services;
    }

    CachedClaims cachedClaims() {
        return claims;
    }

    KeptClaims kept() {
        return kept;
    }

    EventSender events() {
        return events;
    }

    AddressAuthority authority() {
        return authority;
    }

    /// The book while this process leads.
    Optional<AddressBook> book() {
        return authority.book();
    }

    /// Whether this process has the office, even if its tenure has lapsed for the moment.
    boolean inOffice() {
        return authority.bookInOffice().isPresent();
    }

    /// The Service is gone, whoever may decide just now: its addresses come free.
    void gone(ServiceKey service) {
        departures.tell(book -> book.deleted(service));
    }

    /// The claim is gone. Of one in which addresses are kept that means: no longer, unless this was
    /// our own doing.
    void gone(AddressClaim claim) {
        if (claims.isKept(claim)) {
            kept.ended(claim)
                    .ifPresent(ended ->
                            departures.tell(
                                    book -> book.endRetention(ended.service(), ended.addresses())));
        } else {
            departures.tell(book -> book.release(CachedClaims.key(claim)));
        }
    }

    /// Brings this pod's label in line with whether it leads. Blocks.
    void labelPod() {
        label.follow(() -> book().isPresent());
    }

    /// What looks at a Service while this process leads.
    Optional<ServicePass> pass() {
        return book().map(book -> new ServicePass(reader, book, namespaces::find, clock));
    }

    /// What looks at a claim while this process leads.
    Optional<ClaimPass> claimPass() {
        return book().map(book -> new ClaimPass(book, namespaces::find, clock));
    }

    /// Why a Service has what it has.
    ExplainAnswer explain(ServiceKey service) {
        return book().map(book ->
                        ServiceReasons.answer(
                                service,
                                services.find(service),
                                authority::namespaceLabels,
                                reader,
                                book))
                .orElseGet(ExplainAnswer.NotLeading::new);
    }

    void watch() {
        namespaces.start();
        store.listen(this::configured);
    }

    void standForElection() {
        labelPod();
        election.start();
    }

    /// What keeps it from leading or standing by; empty if nothing does.
    synchronized Optional<String> notReady() {
        return namespaces
                .missing()
                .or(() ->
                        takingOver == null
                                ? Optional.empty()
                                : Optional.of("taking over: " + hurdle));
    }

    private void configured(ConfigSnapshot snapshot) {
        authority.bookInOffice().ifPresent(book -> book.setPools(snapshot.config().pools()));
    }

    @Override
    public synchronized void elected() {
        departures.expectBook();
        takingOver = Thread.ofVirtual().name("take-over").start(this::takeOver);
    }

    @Override
    public synchronized void deposed() {
        if (takingOver != null) {
            takingOver.interrupt();
            takingOver = null;
        }
        departures.expectNone();
        authority.end();
        Thread.ofVirtual().name("leader-label").start(this::labelPod);
    }

    private void takeOver() {
        Instant patience = clock.instant().plus(PATIENCE);
        try {
            while (!tryTakeOver(patience)) {
                Thread.sleep(RETRY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param patience so long namespaces of Services that have not been seen are waited for
    private boolean tryTakeOver(Instant patience) throws InterruptedException {
        hurdle = "the configuration is not read yet";
        if (!store.await(any -> true, SOURCES) || namespaces.missing().isPresent()) {
            return false;
        }
        hurdle = "reading Services and claims";
        try {
            ClusterFamilies found = families.detect();
            AddressBook book =
                    new AddressBook(clock, settings.reservation(), services::wake, claims::wake);
            Takeover.Claims claimed = takeover.claims();
            Takeover.Services ours = takeover.services();
            if (!ours.unseen().isEmpty() && clock.instant().isBefore(patience)) {
                hurdle = "namespaces of Services not seen yet: " + String.join(", ", ours.unseen());
                return false;
            }
            book.rehome(
                    store.current().orElseThrow().config().pools(),
                    ours.found(),
                    claimed.users(),
                    claimed.kept());
            begin(book, found);
            log.atInfo()
                    .addKeyValue("services", ours.found().size())
                    .addKeyValue("namespacesNotSeen", ours.unseen())
                    .log("Leading");
            return true;
        } catch (KubernetesClientException e) {
            hurdle = Reasons.of(e);
            log.atWarn()
                    .addKeyValue("reason", Reasons.of(e))
                    .log("Cannot take over yet, trying again");
            Thread.sleep(RETRY_AFTER_FAILURE);
            return false;
        } catch (RuntimeException e) {
            hurdle = String.valueOf(e.getMessage());
            log.atError().setCause(e).log("Cannot take over, trying again");
            Thread.sleep(RETRY_AFTER_FAILURE);
            return false;
        }
    }

    private void begin(AddressBook book, ClusterFamilies found) throws InterruptedException {
        synchronized (this) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            departures.begin(book, () -> authority.begin(book, found));
            takingOver = null;
        }
        // Pools may have changed between the look at them and the beginning.
        store.current().ifPresent(this::configured);
        labelPod();
        claims.wakeAll();
        services.wakeAll(service -> true);
    }

    @Override
    public void close() {
        election.close();
        authority.end();
        namespaces.close();
        events.close();
    }
}
