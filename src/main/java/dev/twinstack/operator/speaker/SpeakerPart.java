package dev.twinstack.operator.speaker;

import dev.twinstack.announce.ServiceView;
import dev.twinstack.bfd.BfdStatus;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.operator.ClusterConfigStore;
import dev.twinstack.operator.Role;
import dev.twinstack.operator.RolePart;
import dev.twinstack.operator.RunSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Starts and stops the speaker in the roles that have one.
@Singleton
final class SpeakerPart implements RolePart, SpeakerView {

    private final Instance<KubernetesClient> client;
    private final RunSettings settings;
    private final ClusterConfigStore store;
    private volatile @Nullable Speaker speaker;

    SpeakerPart(Instance<KubernetesClient> client, RunSettings settings, ClusterConfigStore store) {
        this.client = client;
        this.settings = settings;
        this.store = store;
    }

    @Override
    public boolean runsIn(Role role) {
        return role.speaks();
    }

    @Override
    public void start() {
        Speaker started = new Speaker(client.get(), settings, store, nodeName());
        speaker = started;
        started.start();
    }

    @Override
    public void stop() {
        Speaker running = speaker;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public Optional<String> notReady() {
        Speaker running = speaker;
        return running == null ? Optional.of("speaker not started yet") : running.notReady();
    }

    @Override
    public String node() {
        return speaker == null ? "" : nodeName();
    }

    @Override
    public List<SessionStatus> sessions() {
        Speaker running = speaker;
        return running == null ? List.of() : running.sessions();
    }

    @Override
    public List<BGPSessionStatus> sessionReports() {
        Speaker running = speaker;
        return running == null ? List.of() : running.sessionReports();
    }

    @Override
    public List<BfdStatus> bfdSessions() {
        Speaker running = speaker;
        return running == null ? List.of() : running.paths();
    }

    @Override
    public List<RouteReport> routes() {
        Speaker running = speaker;
        return running == null ? List.of() : running.routes();
    }

    @Override
    public List<AnnouncedService> announced() {
        Speaker running = speaker;
        return running == null
                ? List.of()
                : running.announcements().stream()
                        .filter(ServiceAnnouncement::isAnnounced)
                        .map(ServiceAnnouncement::service)
                        .flatMap(SpeakerPart::addresses)
                        .toList();
    }

    private static Stream<AnnouncedService> addresses(ServiceView service) {
        return service.ingress().stream()
                .map(address -> new AnnouncedService(service.key().toString(), address));
    }

    private String nodeName() {
        return settings.nodeName()
                .orElseThrow(() -> new IllegalStateException("a speaker needs the node's name"));
    }
}
