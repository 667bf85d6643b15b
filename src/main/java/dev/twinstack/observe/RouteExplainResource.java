package dev.twinstack.observe;

import dev.twinstack.net.IpPrefix;
import dev.twinstack.operator.Reasons;
import dev.twinstack.operator.RunSettings;
import dev.twinstack.operator.speaker.ClusterRoutes;
import dev.twinstack.operator.speaker.RouteAnswer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Which peers have a route, which have not, and why; read only. Answered from the objects of the
/// cluster, one question after the other: whoever asks much waits, and the API server does not.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class RouteExplainResource {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RunSettings settings;
    private final Instance<KubernetesClient> client;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable ClusterRoutes routes;

    RouteExplainResource(RunSettings settings, Instance<KubernetesClient> client) {
        this.settings = settings;
        this.client = client;
    }

    /// 400 for what is no prefix or address, 404 where this process has no cluster, 503 where too
    /// many ask or the API server does not answer.
    @GET
    @Path("routes/{prefix: .+}/explain")
    public Response explain(@PathParam("prefix") String text) throws InterruptedException {
        if (!settings.role().needsCluster()) {
            return error(Response.Status.NOT_FOUND, "this process knows no cluster");
        }
        IpPrefix prefix;
        try {
            prefix = IpPrefix.parseOrHost(text);
        } catch (IllegalArgumentException e) {
            return error(Response.Status.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        if (!turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            return error(Response.Status.SERVICE_UNAVAILABLE, "others are asking, try again");
        }
        try {
            return Response.ok(answer(prefix)).build();
        } catch (KubernetesClientException e) {
            return error(Response.Status.SERVICE_UNAVAILABLE, Reasons.of(e));
        } finally {
            turn.unlock();
        }
    }

    private RouteAnswer answer(IpPrefix prefix) {
        ClusterRoutes present = routes;
        if (present == null) {
            present =
                    new ClusterRoutes(
                            client.get(),
                            settings.namespace(),
                            settings.lbClass(),
                            settings.ignoreExcludeLb());
            routes = present;
        }
        return present.explain(prefix);
    }

    private static Response error(Response.Status status, String text) {
        return Response.status(status).entity(Map.of("error", text)).build();
    }
}
