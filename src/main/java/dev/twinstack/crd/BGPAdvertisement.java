package dev.twinstack.crd;

import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.STRING;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// Announcing over BGP.
@Group(MetalLb.GROUP)
@Version(MetalLb.V1BETA1)
@JsonClassDescription(
        "BGPAdvertisement announces the addresses of the selected pools to BGP peers, from every"
                + " node that can serve them.")
@AdditionalPrinterColumn(name = "IPAddressPools", type = STRING, jsonPath = ".spec.ipAddressPools")
@AdditionalPrinterColumn(
        name = "IPAddressPool Selectors",
        type = STRING,
        jsonPath = ".spec.ipAddressPoolSelectors")
@AdditionalPrinterColumn(name = "Peers", type = STRING, jsonPath = ".spec.peers")
@AdditionalPrinterColumn(
        name = "Node Selectors",
        type = STRING,
        jsonPath = ".spec.nodeSelectors",
        priority = 10)
public final class BGPAdvertisement extends CustomResource<BGPAdvertisementSpec, NoStatus>
        implements Namespaced {}
