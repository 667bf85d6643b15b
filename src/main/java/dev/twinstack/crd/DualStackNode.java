package dev.twinstack.crd;

import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.DATE;
import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.STRING;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/// One node on the way to dual-stack, named as the node: the leading controller writes the spec,
/// node-config on that node the status, and neither may write the other's part.
@Group(Twinstack.GROUP)
@Version(Twinstack.V1ALPHA1)
@Plural("dualstacknodes")
@JsonClassDescription(
        "DualStackNode is how the leading controller and node-config on one node speak with each"
                + " other while a DualStack object is there. It is named as its node. There is"
                + " nothing to set by hand.")
@AdditionalPrinterColumn(name = "Goal", type = STRING, jsonPath = ".spec.goal")
@AdditionalPrinterColumn(name = "Stage", type = STRING, jsonPath = ".status.stage")
@AdditionalPrinterColumn(name = "Since", type = DATE, jsonPath = ".status.since")
@AdditionalPrinterColumn(
        name = "Message",
        type = STRING,
        jsonPath = ".status.message",
        priority = 10)
public final class DualStackNode extends CustomResource<DualStackNodeSpec, DualStackNodeStatus> {}
