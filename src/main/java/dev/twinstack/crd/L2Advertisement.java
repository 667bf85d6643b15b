package dev.twinstack.crd;

import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.STRING;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// Announcing over ARP and NDP.
@Group(MetalLb.GROUP)
@Version(MetalLb.V1BETA1)
@JsonClassDescription(
        "L2Advertisement has one node answer ARP and NDP requests for each address of the selected"
                + " pools.")
@AdditionalPrinterColumn(name = "IPAddressPools", type = STRING, jsonPath = ".spec.ipAddressPools")
@AdditionalPrinterColumn(
        name = "IPAddressPool Selectors",
        type = STRING,
        jsonPath = ".spec.ipAddressPoolSelectors")
@AdditionalPrinterColumn(name = "Interfaces", type = STRING, jsonPath = ".spec.interfaces")
@AdditionalPrinterColumn(
        name = "Node Selectors",
        type = STRING,
        jsonPath = ".spec.nodeSelectors",
        priority = 10)
public final class L2Advertisement extends CustomResource<L2AdvertisementSpec, NoStatus>
        implements Namespaced {}
