package dev.twinstack.operator.speaker;

import dev.twinstack.bfd.BfdStatus;
import dev.twinstack.bgp.BgpSpeaker;
import dev.twinstack.bgp.ListenAddress;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.operator.ClusterConfigStore;
import dev.twinstack.operator.ConfigurationStateReport;
import dev.twinstack.operator.EventSender;
import dev.twinstack.operator.RunSettings;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One running speaker: sources, worker, BGP engine and reports, wired together.
final class Speaker implements AutoCloseable {

    private static final Duration REPORT_PAUSE = Duration.ofMillis(200);
    private static final Duration REPORT_PERIOD = Duration.ofSeconds(1);

    private final String node;
    private final ClusterSources sources;
    private final EventSender events;
    private final SessionWatch watch;
    private final BgpSpeaker bgp;
    private final PathWatch paths;
    private final Announcer announcer;
    private final SpeakerWorker worker;
    private final ServiceStatusWatch statuses;

    Speaker(KubernetesClient client, RunSettings settings, ClusterConfigStore store, String node) {
        this.node = node;
        Mailbox mailbox = new Mailbox();
        sources = new ClusterSources(client, node, mailbox);
        events = new EventSender(client, InstantSource.system(), "twinstack-speaker");
        OwnerReference owner = PodOwner.of(client, settings.namespace(), settings.podName());
        watch =
                new SessionWatch(
                        this::sessionReports,
                        reports(client, settings, store, owner),
                        REPORT_PAUSE,
                        REPORT_PERIOD);
        paths = new PathWatch(hurried(), watch::changed);
        bgp = new BgpSpeaker(new BgpEventPair(watch, paths.bgpEvents()), HostUptime.restart());
        announcer =
                new Announcer(
                        sink(bgp), new AnnouncementNews(node, sources, events, this::isSettled));
        worker =
                new SpeakerWorker(
                        node,
                        service -> isOurs(service, settings.lbClass()),
                        settings.ignoreExcludeLb(),
                        store,
                        sources,
                        mailbox,
                        announcer,
                        paths::set,
                        new Listening(ports()),
                        new DrainRequest(node, drained()));
        statuses =
                new ServiceStatusWatch(
                        new ServiceStatusObjects(
                                new ServiceStatusResources(
                                        client, settings.namespace(), node, owner)),
                        () -> isSettled() ? announcer.flushes() : -1,
                        () -> ServicePeers.of(announcements()));
    }

    void start() {
        sources.start();
        worker.start();
        watch.start();
        statuses.start();
    }

    /// What keeps it from announcing; empty if nothing does.
    Optional<String> notReady() {
        return sources.missing()
                .or(() -> isSettled() ? Optional.empty() : Optional.of("nothing decided yet"));
    }

    List<SessionStatus> sessions() {
        return bgp.sessions();
    }

    List<BfdStatus> paths() {
        return paths.sessions();
    }

    List<BGPSessionStatus> sessionReports() {
        List<BGPSessionStatus> reports = new ArrayList<>();
        List<BfdStatus> watched = paths.sessions();
        bgp.sessions()
                .forEach(session ->
                        reports.add(
                                SessionReport.of(
                                        node, session, paths.of(session.peer(), watched))));
        worker.problems()
                .forEach(problem ->
                        reports.add(
                                SessionReport.ofProblem(node, problem.peer(), problem.reason())));
        return reports;
    }

    List<RouteReport> routes() {
        return RouteReports.of(node, announcements(), bgp.sessions());
    }

    Collection<ServiceAnnouncement> announcements() {
        return announcer.announcements().values();
    }

    private PathFailures.Sessions hurried() {
        return new PathFailures.Sessions() {
            @Override
            public void pathDown(String peer, String why) {
                bgp.pathDown(peer, why);
            }

            @Override
            public void pathUp(String peer) {
                bgp.pathUp(peer);
            }
        };
    }

    private Listening.Listener ports() {
        return new Listening.Listener() {
            @Override
            public ListenAddress listen(ListenAddress address) throws IOException {
                return bgp.listen(address);
            }

            @Override
            public void unlisten(ListenAddress bound) {
                bgp.unlisten(bound);
            }
        };
    }

    private DrainRequest.Sessions drained() {
        return new DrainRequest.Sessions() {
            @Override
            public void drain(String why) {
                bgp.drain(why);
            }

            @Override
            public void undrain() {
                bgp.undrain();
            }
        };
    }

    private boolean isSettled() {
        return worker.isSettled();
    }

    private SpeakerReports reports(
            KubernetesClient client,
            RunSettings settings,
            ClusterConfigStore store,
            @Nullable OwnerReference owner) {
        return new SpeakerReports(
                new SessionObjects(
                        new SessionResources(client, settings.namespace(), node, owner), node),
                ConfigurationStateReport.ofSpeaker(
                        client, settings.namespace(), node, InstantSource.system()),
                store,
                new FamilyNews(
                        node,
                        () ->
                                store.current()
                                        .map(snapshot -> snapshot.objects().peers())
                                        .orElse(List.of()),
                        events::send));
    }

    /// With a class of our own only its Services are ours, without one only those without a class.
    static boolean isOurs(Service service, Optional<String> ownClass) {
        return Optional.ofNullable(service.getSpec().getLoadBalancerClass())
                .filter(text -> !text.isEmpty())
                .equals(ownClass.filter(text -> !text.isEmpty()));
    }

    private static RouteOutput sink(BgpSpeaker bgp) {
        return new RouteOutput() {
            @Override
            public void setPeers(Collection<PeerSettings> peers) {
                bgp.setPeers(peers);
            }

            @Override
            public void setRoutes(
                    String peer, Map<IpPrefix, RouteAttributes> changed, Set<IpPrefix> withdrawn) {
                bgp.setRoutes(peer, changed, withdrawn);
            }
        };
    }

    @Override
    public void close() {
        statuses.close();
        worker.close();
        sources.close();
        List<BGPSessionStatus> last =
                sessionReports().stream()
                        .map(report -> SessionReport.stopped(report, Instant.now()))
                        .toList();
        bgp.close();
        watch.closeWith(last);
        paths.close();
        events.close();
    }
}
