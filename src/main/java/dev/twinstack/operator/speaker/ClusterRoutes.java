package dev.twinstack.operator.speaker;

import dev.twinstack.announce.NodeView;
import dev.twinstack.announce.ServiceView;
import dev.twinstack.crd.BGPSession;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.operator.ConfigListing;
import dev.twinstack.operator.Unreadable;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ServiceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers about the routes of all nodes, from the objects of the cluster. They are read anew where
/// the last look is older than two seconds, so that a flood of questions is not one of lists. Calls
/// block, and may throw [io.fabric8.kubernetes.client.KubernetesClientException]. For any thread.
public final class ClusterRoutes {

    private static final long PAGE = 500;
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final String namespace;
    private final Optional<String> lbClass;
    private final boolean ignoreExcludeLabel;
    private @Nullable RouteInquiry last;
    private long readAt;

    /// @param namespace that of the configuration
    /// @param lbClass what the speakers run with, as [#ignoreExcludeLabel]
    public ClusterRoutes(
            KubernetesClient client,
            String namespace,
            Optional<String> lbClass,
            boolean ignoreExcludeLabel) {
        this.client = client;
        this.namespace = namespace;
        this.lbClass = lbClass;
        this.ignoreExcludeLabel = ignoreExcludeLabel;
    }

    /// Which peers have the prefix from which node, which have not, and why.
    public synchronized RouteAnswer explain(IpPrefix prefix) {
        return inquiry().explain(prefix);
    }

    /// Every route that is to be announced, with the peers that have it.
    public synchronized List<RouteReport> routes() {
        return inquiry().routes();
    }

    private RouteInquiry inquiry() {
        long now = System.nanoTime();
        RouteInquiry present = last;
        if (present == null || now - readAt > FRESH.toNanos()) {
            present = read();
            last = present;
            readAt = now;
        }
        return present;
    }

    private RouteInquiry read() {
        List<Node> nodes = client.nodes().list().getItems();
        return new RouteInquiry(
                ConfigListing.of(client, namespace, nodes).config(),
                nodes.stream()
                        .map(ClusterViews::node)
                        .sorted(Comparator.comparing(NodeView::name))
                        .toList(),
                services(),
                new EndpointReading(client),
                sessions(),
                ignoreExcludeLabel);
    }

    private List<ServiceView> services() {
        List<ServiceView> services = new ArrayList<>();
        String next = null;
        do {
            ServiceList page = client.services().inAnyNamespace().list(pageFrom(next));
            page.getItems().stream()
                    .filter(service -> Speaker.isOurs(service, lbClass))
                    .map(ClusterViews::service)
                    .forEach(services::add);
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return services;
    }

    private static ListOptions pageFrom(@Nullable String next) {
        return new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build();
    }

    private Map<String, Map<String, BGPSessionStatus>> sessions() {
        Map<String, Map<String, BGPSessionStatus>> sessions = new HashMap<>();
        for (BGPSession object :
                client.resources(BGPSession.class).inNamespace(namespace).list().getItems()) {
            BGPSessionStatus status = object.getStatus();
            if (Unreadable.isReadable(object) && status != null) {
                sessions.computeIfAbsent(String.valueOf(status.node()), _ -> new HashMap<>())
                        .put(String.valueOf(status.peer()), status);
            }
        }
        return sessions;
    }
}
