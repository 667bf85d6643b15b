package dev.twinstack.observe;

import dev.twinstack.operator.RoleParts;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/// The probes under the names that Kubernetes components use, in plain text. The same as
/// `/q/health/live` and `/q/health/ready`.
@Path("/")
@Produces(MediaType.TEXT_PLAIN)
public class ProbeResource {

    private final RoleParts parts;

    ProbeResource(RoleParts parts) {
        this.parts = parts;
    }

    /// Answering is all it takes.
    @GET
    @Path("healthz")
    public String alive() {
        return "ok\n";
    }

    @GET
    @Path("readyz")
    public Response ready() {
        List<String> missing = parts.notReady();
        return missing.isEmpty()
                ? Response.ok("ok\n").build()
                : Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .entity(String.join("\n", missing) + "\n")
                        .build();
    }
}
