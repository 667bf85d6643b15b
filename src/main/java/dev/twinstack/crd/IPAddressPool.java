package dev.twinstack.crd;

import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.BOOLEAN;
import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.STRING;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// Addresses to give to Services.
@Group(MetalLb.GROUP)
@Version(MetalLb.V1BETA1)
@JsonClassDescription(
        "IPAddressPool holds the addresses that Services of type LoadBalancer may get. A pool is"
                + " announced only where an L2Advertisement or a BGPAdvertisement selects it.")
@AdditionalPrinterColumn(name = "Auto Assign", type = BOOLEAN, jsonPath = ".spec.autoAssign")
@AdditionalPrinterColumn(name = "Avoid Buggy IPs", type = BOOLEAN, jsonPath = ".spec.avoidBuggyIPs")
@AdditionalPrinterColumn(name = "Addresses", type = STRING, jsonPath = ".spec.addresses")
public final class IPAddressPool extends CustomResource<IPAddressPoolSpec, IPAddressPoolStatus>
        implements Namespaced {

    @Override
    @Required
    public IPAddressPoolSpec getSpec() {
        return super.getSpec();
    }
}
