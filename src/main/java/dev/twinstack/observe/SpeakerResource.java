package dev.twinstack.observe;

import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.operator.speaker.RouteReport;
import dev.twinstack.operator.speaker.SpeakerView;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sessions and routes of this node, where this process is its speaker; 404 elsewhere.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class SpeakerResource {

    private final SpeakerView speaker;

    SpeakerResource(SpeakerView speaker) {
        this.speaker = speaker;
    }

    @GET
    @Path("sessions")
    public List<BGPSessionStatus> sessions() {
        requireSpeaker();
        return speaker.sessionReports();
    }

    /// @param peer only routes to the peer of this name
    /// @param family only routes of this family, `ipv4` or `ipv6` in any case
    @GET
    @Path("routes")
    public List<RouteReport> routes(
            @QueryParam("peer") @Nullable String peer,
            @QueryParam("family") @Nullable String family) {
        requireSpeaker();
        return speaker.routes().stream()
                .filter(route -> peer == null || peer.equals(route.peer()))
                .filter(route -> family == null || family.equalsIgnoreCase(route.family()))
                .toList();
    }

    private void requireSpeaker() {
        if (speaker.node().isEmpty()) {
            throw new NotFoundException();
        }
    }
}
