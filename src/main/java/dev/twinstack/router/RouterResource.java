package dev.twinstack.router;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The router's table; 404 where this process is no router.
@Path("/api/routes")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class RouterResource {

    private final RouterView router;

    RouterResource(RouterView router) {
        this.router = router;
    }

    /// @param peer only routes heard from the peer of this address
    /// @param family only routes of this family, `ipv4` or `ipv6` in any case
    @GET
    public List<HeardRoute> routes(
            @QueryParam("peer") @Nullable String peer,
            @QueryParam("family") @Nullable String family) {
        return router.routes().orElseThrow(NotFoundException::new).stream()
                .filter(route -> peer == null || peer.equals(route.peer()))
                .filter(route -> family == null || family.equalsIgnoreCase(route.family()))
                .toList();
    }
}
