package dev.twinstack.crd;

import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.DATE;
import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.STRING;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/// The wish for a dual-stack MicroK8s, and how far it has come. There is one, named [#SINGLETON].
@Group(Twinstack.GROUP)
@Version(Twinstack.V1ALPHA1)
@Plural("dualstacks")
@JsonClassDescription(
        "DualStack turns a single-stack MicroK8s into a dual-stack one, and back. As long as its mode"
                + " is Plan, which is the default, it only shows what would be done. There is one in"
                + " a cluster, named default.")
@AdditionalPrinterColumn(name = "Mode", type = STRING, jsonPath = ".spec.mode")
@AdditionalPrinterColumn(name = "Phase", type = STRING, jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Pods", type = STRING, jsonPath = ".status.ranges.podsIPv6")
@AdditionalPrinterColumn(name = "Services", type = STRING, jsonPath = ".status.ranges.servicesIPv6")
@AdditionalPrinterColumn(name = "Age", type = DATE, jsonPath = ".metadata.creationTimestamp")
@ValidationRule(
        value = "self.metadata.name == 'default'",
        message = "there is one DualStack in a cluster, and its name is default")
public final class DualStack extends CustomResource<DualStackSpec, DualStackStatus> {

    /// The only name the object may have.
    public static final String SINGLETON = "default";

    @Override
    @Required
    public DualStackSpec getSpec() {
        return super.getSpec();
    }
}
