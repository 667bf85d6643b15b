package dev.twinstack.observe;

import dev.twinstack.operator.AddressUse;
import dev.twinstack.operator.ControllerView;
import dev.twinstack.operator.ExplainAnswer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why a Service has no address, and who has which; read only. Only the leader knows.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class ExplainResource {

    private final ControllerView controller;

    ExplainResource(ControllerView controller) {
        this.controller = controller;
    }

    /// @param address one, or a range that a policy excludes
    /// @param state assigned, reserved, claimed, kept or excluded
    public record AddressItem(
            String address,
            String pool,
            String state,
            String holder,
            @Nullable Instant since,
            @Nullable Instant until) {
        public static AddressItem of(AddressUse use) {
            boolean one = use.addresses().first().equals(use.addresses().last());
            return new AddressItem(
                    one ? use.addresses().first().toString() : use.addresses().toString(),
                    use.pool(),
                    use.state().name().toLowerCase(Locale.ROOT),
                    use.holder(),
                    use.since().orElse(null),
                    use.until().orElse(null));
        }
    }

    @GET
    @Path("addresses")
    public ControllerResource.Page<AddressItem> addresses() {
        return new ControllerResource.Page<>(
                controller.leads(), controller.addresses().stream().map(AddressItem::of).toList());
    }

    /// 404 where there is no such Service, 503 where this process does not lead, or does not know
    /// enough yet.
    @GET
    @Path("services/{namespace}/{name}/explain")
    public Response explain(
            @PathParam("namespace") String namespace, @PathParam("name") String name) {
        return switch (controller.explain(namespace, name)) {
            case ExplainAnswer.Found(var explanation) ->
                    Response.ok(ExplanationItem.of(explanation)).build();
            case ExplainAnswer.NoService _ ->
                    error(
                            Response.Status.NOT_FOUND,
                            "there is no Service %s/%s".formatted(namespace, name));
            case ExplainAnswer.LabelsUnknown _ ->
                    error(
                            Response.Status.SERVICE_UNAVAILABLE,
                            "the labels of namespace %s are not known yet".formatted(namespace));
            case ExplainAnswer.NotLeading _ ->
                    error(
                            Response.Status.SERVICE_UNAVAILABLE,
                            "this process is not the leading controller");
        };
    }

    private static Response error(Response.Status status, String text) {
        return Response.status(status).entity(Map.of("error", text)).build();
    }
}
