package dev.twinstack.operator.speaker;

import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.operator.ClusterConfigStore;
import dev.twinstack.operator.ConfigSnapshot;
import dev.twinstack.operator.ConfigurationStateReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What the speaker writes into the API about itself: its `BGPSession` objects, Events about
/// families that are not sent, and what it thinks of the configuration. Not thread-safe.
final class SpeakerReports implements Consumer<List<BGPSessionStatus>> {

    private final SessionObjects sessions;
    private final ConfigurationStateReport configuration;
    private final ClusterConfigStore store;
    private final FamilyNews news;
    private long reported;

    SpeakerReports(
            SessionObjects sessions,
            ConfigurationStateReport configuration,
            ClusterConfigStore store,
            FamilyNews news) {
        this.sessions = sessions;
        this.configuration = configuration;
        this.store = store;
        this.news = news;
    }

    /// @throws io.fabric8.kubernetes.client.KubernetesClientException if something was not written;
    ///   call again
    @Override
    public void accept(List<BGPSessionStatus> statuses) {
        news.look(statuses);
        sessions.write(statuses);
        Optional<ConfigSnapshot> snapshot = store.current();
        if (snapshot.isPresent() && snapshot.get().number() != reported) {
            configuration.write(snapshot.get().errors());
            reported = snapshot.get().number();
        }
    }
}
