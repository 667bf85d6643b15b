package dev.twinstack.crd;

import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.BOOLEAN;
import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.INTEGER;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// How fast a dead peer is noticed.
@Group(MetalLb.GROUP)
@Version(MetalLb.V1BETA1)
@JsonClassDescription(
        "BFDProfile holds the settings of BFD sessions; BGPPeers name it in bfdProfile.")
@AdditionalPrinterColumn(name = "Passive Mode", type = BOOLEAN, jsonPath = ".spec.passiveMode")
@AdditionalPrinterColumn(
        name = "Transmit Interval",
        type = INTEGER,
        jsonPath = ".spec.transmitInterval")
@AdditionalPrinterColumn(
        name = "Receive Interval",
        type = INTEGER,
        jsonPath = ".spec.receiveInterval")
@AdditionalPrinterColumn(name = "Multiplier", type = INTEGER, jsonPath = ".spec.detectMultiplier")
public final class BFDProfile extends CustomResource<BFDProfileSpec, NoStatus>
        implements Namespaced {}
