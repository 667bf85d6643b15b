package dev.twinstack.crd;

import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.STRING;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which node answers ARP and NDP for a Service.
@Group(MetalLb.GROUP)
@Version(MetalLb.V1BETA1)
@Plural("servicel2statuses")
@JsonClassDescription("ServiceL2Status tells which node answers ARP and NDP for a Service.")
@AdditionalPrinterColumn(name = "Allocated Node", type = STRING, jsonPath = ".status.node")
@AdditionalPrinterColumn(name = "Service Name", type = STRING, jsonPath = ".status.serviceName")
@AdditionalPrinterColumn(
        name = "Service Namespace",
        type = STRING,
        jsonPath = ".status.serviceNamespace")
public final class ServiceL2Status extends CustomResource<NoSpec, ServiceL2Status.Status>
        implements Namespaced {

    /// What is announced, from where.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonClassDescription("The Service, the node and its interfaces.")
    public record Status(
            @ValidationRule(value = "self == oldSelf", message = "node cannot be changed")
                    @JsonPropertyDescription("The node that answers.")
                    @Nullable String node,
            @ValidationRule(value = "self == oldSelf", message = "serviceName cannot be changed")
                    @JsonPropertyDescription("The name of the Service.")
                    @Nullable String serviceName,
            @ValidationRule(
                            value = "self == oldSelf",
                            message = "serviceNamespace cannot be changed")
                    @JsonPropertyDescription("The namespace of the Service.")
                    @Nullable String serviceNamespace,
            @JsonPropertyDescription("The interfaces it answers on. Empty: all of them.")
                    List<Interface> interfaces) {

        public Status {
            interfaces = Lists.orEmpty(interfaces);
        }
    }

    /// A network interface of a node.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Interface(@JsonPropertyDescription("The name of the interface.") String name) {}
}
