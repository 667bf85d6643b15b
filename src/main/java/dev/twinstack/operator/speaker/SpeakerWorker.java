package dev.twinstack.operator.speaker;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.announce.AdvertisementPlanner;
import dev.twinstack.announce.NodeView;
import dev.twinstack.bgp.ListenAddress;
import dev.twinstack.config.ClusterConfig;
import dev.twinstack.net.IpAddress;
import dev.twinstack.operator.ClusterConfigStore;
import dev.twinstack.operator.ConfigSnapshot;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that decides what is announced. It begins when all sources have been listed: then
/// everything is decided at once, and only after that the first session is opened. So a restart
/// announces nothing it would take back, and leaves out nothing.
final class SpeakerWorker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SpeakerWorker.class);
    private static final Duration AFTER_ERROR = Duration.ofSeconds(1);
    private static final Duration FIRST_LOOK = Duration.ofMillis(20);

    /// All that decides about every Service.
    private record Basis(ClusterConfig config, NodeView node, NodeAddresses addresses) {}

    private final String node;
    private final Predicate<Service> ours;
    private final boolean ignoreExcludeLabel;
    private final ClusterConfigStore store;
    private final ClusterSources sources;
    private final Mailbox mailbox;
    private final Announcer announcer;
    private final Consumer<BfdSetup> paths;
    private final Consumer<Set<ListenAddress>> listening;
    private final Consumer<Optional<String>> drain;
    private volatile List<PeerSetup.Problem> problems = List.of();
    private volatile boolean settled;
    private @Nullable Basis basis;
    private @Nullable NodeAddresses addresses;
    private @Nullable AdvertisementPlanner planner;
    private @Nullable Thread thread;

    /// @param ours whether a Service's `loadBalancerClass` makes it our business
    /// @param paths gets the BFD sessions whenever the peers may be others
    /// @param listening gets where to wait for peers, at the same times
    /// @param drain gets why the node is drained, before it gets peers to drain
    SpeakerWorker(
            String node,
            Predicate<Service> ours,
            boolean ignoreExcludeLabel,
            ClusterConfigStore store,
            ClusterSources sources,
            Mailbox mailbox,
            Announcer announcer,
            Consumer<BfdSetup> paths,
            Consumer<Set<ListenAddress>> listening,
            Consumer<Optional<String>> drain) {
        this.node = node;
        this.ours = ours;
        this.ignoreExcludeLabel = ignoreExcludeLabel;
        this.store = store;
        this.sources = sources;
        this.mailbox = mailbox;
        this.announcer = announcer;
        this.paths = paths;
        this.listening = listening;
        this.drain = drain;
    }

    void start() {
        thread = Thread.ofVirtual().name("speaker").start(this::run);
    }

    /// Whether everything has been announced once.
    boolean isSettled() {
        return settled;
    }

    /// The peers that there is no session with.
    List<PeerSetup.Problem> problems() {
        return problems;
    }

    private void run() {
        try {
            while (sources.missing().isPresent() || store.current().isEmpty()) {
                Thread.sleep(FIRST_LOOK);
            }
            store.listen(snapshot -> mailbox.everything());
            while (true) {
                if (!workSafely(mailbox.take())) {
                    Thread.sleep(AFTER_ERROR);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// After a failure nobody knows how far it got: everything is done again.
    ///
    /// @return whether it succeeded
    private boolean workSafely(Mailbox.Work work) {
        try {
            work(work);
            return true;
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("Announcing failed, trying again");
            basis = null;
            mailbox.everything();
            return false;
        }
    }

    private void work(Mailbox.Work work) {
        boolean anew = work.everything() && prepare();
        AdvertisementPlanner current = planner;
        if (current == null) {
            return;
        }
        if (anew) {
            lookAtAll(current);
        } else {
            work.services().forEach(service -> look(current, service));
        }
        announcer.flush();
        settled = true;
    }

    /// @return whether every Service has to be looked at again
    private boolean prepare() {
        drain.accept(sources.node().flatMap(ClusterViews::drain));
        NodeView view =
                sources.node()
                        .map(ClusterViews::node)
                        .orElseGet(() -> ClusterViews.unknownNode(node));
        List<String> internal =
                sources.node().map(ClusterViews::internalAddresses).orElse(List.of());
        Basis now =
                new Basis(
                        store.current().map(ConfigSnapshot::config).orElse(ClusterConfig.EMPTY),
                        view,
                        addresses(internal));
        if (now.equals(basis)) {
            return false;
        }
        basis = now;
        AdvertisementPlanner made =
                new AdvertisementPlanner(now.config(), view, ignoreExcludeLabel);
        planner = made;
        setPeers(made, now);
        return true;
    }

    /// Kept over failures and changes of the configuration, so that neither resets a session.
    private NodeAddresses addresses(List<String> internal) {
        List<IpAddress> beside = LocalInterfaces.beside(NodeAddresses.parse(internal));
        NodeAddresses before = addresses;
        NodeAddresses now =
                before == null
                        ? NodeAddresses.of(node, internal, beside)
                        : before.next(node, internal, beside);
        addresses = now;
        return now;
    }

    private void lookAtAll(AdvertisementPlanner current) {
        Set<ServiceKey> present = new HashSet<>();
        for (Service service : sources.services()) {
            ServiceKey key = ClusterViews.key(service);
            present.add(key);
            look(current, key);
        }
        announcer.retain(present);
    }

    private void setPeers(AdvertisementPlanner planner, Basis now) {
        PeerSetup setup = PeerSetup.of(planner.peers(), now.addresses());
        announcer.peers(setup.settings());
        listening.accept(PeerRulesSetup.listening(planner.peers()));
        paths.accept(
                BfdSetup.of(
                        setup.settings(),
                        planner.peers(),
                        now.config().bfdProfiles(),
                        LocalInterfaces::isOnLink));
        for (PeerSetup.Problem problem : setup.problems()) {
            if (!problems.contains(problem)) {
                log.atWarn()
                        .addKeyValue("peer", problem.peer())
                        .addKeyValue("reason", problem.reason())
                        .log("No session with this peer");
            }
        }
        problems = setup.problems();
    }

    private void look(AdvertisementPlanner planner, ServiceKey key) {
        Optional<Service> service = sources.service(key).filter(ours);
        if (service.isPresent()) {
            announcer.look(planner, ClusterViews.service(service.get()), sources.endpoints(key));
        } else {
            announcer.forget(key);
        }
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            try {
                running.join(Duration.ofSeconds(2));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
