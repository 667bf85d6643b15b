package dev.twinstack.crd;

import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.BOOLEAN;
import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.DATE;
import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.STRING;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// What the sessions with some BGPPeers do beyond what MetalLB's kind can say.
@Group(Twinstack.GROUP)
@Version(Twinstack.V1ALPHA1)
@Plural("peerpolicies")
@ShortNames("peerpol")
@JsonClassDescription(
        "PeerPolicy says how sessions with BGPPeers are held and what goes with every route to"
                + " them. It stands beside the BGPPeers, in the same namespace. Where two policies"
                + " target one peer, the older one holds.")
@AdditionalPrinterColumn(name = "Peers", type = STRING, jsonPath = ".spec.targetRefs[*].name")
@AdditionalPrinterColumn(name = "Families", type = STRING, jsonPath = ".spec.families")
@AdditionalPrinterColumn(name = "Passive", type = BOOLEAN, jsonPath = ".spec.passive")
@AdditionalPrinterColumn(name = "Age", type = DATE, jsonPath = ".metadata.creationTimestamp")
public final class PeerPolicy extends CustomResource<PeerPolicySpec, NoStatus>
        implements Namespaced {

    @Override
    @Required
    public PeerPolicySpec getSpec() {
        return super.getSpec();
    }
}
