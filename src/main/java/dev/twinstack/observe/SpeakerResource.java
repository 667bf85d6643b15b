package dev.twinstack.observe;

import dev.twinstack.crd.BGPSession;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.operator.RunSettings;
import dev.twinstack.operator.speaker.RouteReport;
import dev.twinstack.operator.speaker.SessionReport;
import dev.twinstack.operator.speaker.SpeakerView;
import dev.twinstack.router.RouterView;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// BGP sessions and announced routes, read only.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class SpeakerResource {

    private final RunSettings settings;
    private final SpeakerView speaker;
    private final RouterView router;
    private final Instance<KubernetesClient> client;

    SpeakerResource(
            RunSettings settings,
            SpeakerView speaker,
            RouterView router,
            Instance<KubernetesClient> client) {
        this.settings = settings;
        this.speaker = speaker;
        this.router = router;
        this.client = client;
    }

    /// A speaker tells its own sessions, a router those with its peers, a controller what all
    /// speakers have written into their BGPSession objects.
    @GET
    @Path("sessions")
    public List<BGPSessionStatus> sessions() {
        return switch (settings.role()) {
            case SPEAKER, ALL -> speaker.sessionReports();
            case NODE_CONFIG -> List.of();
            case ROUTER ->
                    router.sessions().orElse(List.of()).stream()
                            .map(session -> SessionReport.of("router", session))
                            .toList();
            case CONTROLLER ->
                    client
                            .get()
                            .resources(BGPSession.class)
                            .inNamespace(settings.namespace())
                            .list()
                            .getItems()
                            .stream()
                            .map(BGPSession::getStatus)
                            .filter(Objects::nonNull)
                            .toList();
        };
    }

    /// The routes of this node's speaker; 404 where there is none.
    ///
    /// @param peer only routes to the peer of this name
    /// @param family only routes of this family, `ipv4` or `ipv6` in any case
    @GET
    @Path("routes")
    public List<RouteReport> routes(
            @QueryParam("peer") @Nullable String peer,
            @QueryParam("family") @Nullable String family) {
        if (!settings.role().speaks()) {
            throw new NotFoundException();
        }
        return speaker.routes().stream()
                .filter(route -> peer == null || peer.equals(route.peer()))
                .filter(route -> family == null || family.equalsIgnoreCase(route.family()))
                .toList();
    }
}
