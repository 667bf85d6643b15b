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

/// To which peers a node announces a Service.
@Group(MetalLb.GROUP)
@Version(MetalLb.V1BETA1)
@Plural("servicebgpstatuses")
@JsonClassDescription(
        "ServiceBGPStatus tells to which BGPPeers a node is to announce a Service. Whether the"
                + " session is up is told by BGPSession.")
@AdditionalPrinterColumn(name = "Node", type = STRING, jsonPath = ".status.node")
@AdditionalPrinterColumn(name = "Service Name", type = STRING, jsonPath = ".status.serviceName")
@AdditionalPrinterColumn(
        name = "Service Namespace",
        type = STRING,
        jsonPath = ".status.serviceNamespace")
public final class ServiceBGPStatus extends CustomResource<NoSpec, ServiceBGPStatus.Status>
        implements Namespaced {

    /// What is announced, from where, to whom.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonClassDescription("The Service, the node and the peers.")
    public record Status(
            @ValidationRule(value = "self == oldSelf", message = "node cannot be changed")
                    @JsonPropertyDescription("The node that announces.")
                    @Nullable String node,
            @ValidationRule(value = "self == oldSelf", message = "serviceName cannot be changed")
                    @JsonPropertyDescription("The name of the Service.")
                    @Nullable String serviceName,
            @ValidationRule(
                            value = "self == oldSelf",
                            message = "serviceNamespace cannot be changed")
                    @JsonPropertyDescription("The namespace of the Service.")
                    @Nullable String serviceNamespace,
            @JsonPropertyDescription("The names of the BGPPeers it is to be announced to.")
                    List<String> peers) {

        public Status {
            peers = Lists.orEmpty(peers);
        }
    }
}
