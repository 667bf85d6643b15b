package dev.twinstack.crd;

import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.STRING;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// A router to speak BGP with, in the stored version. [BGPPeerV1Beta1] is the older form.
@Group(MetalLb.GROUP)
@Version(MetalLb.V1BETA2)
@JsonClassDescription("BGPPeer is a router that the nodes hold a BGP session with.")
@AdditionalPrinterColumn(name = "Address", type = STRING, jsonPath = ".spec.peerAddress")
@AdditionalPrinterColumn(name = "ASN", type = STRING, jsonPath = ".spec.peerASN")
@AdditionalPrinterColumn(name = "BFD Profile", type = STRING, jsonPath = ".spec.bfdProfile")
@AdditionalPrinterColumn(name = "Multi Hops", type = STRING, jsonPath = ".spec.ebgpMultiHop")
public final class BGPPeer extends CustomResource<BGPPeerSpec, NoStatus> implements Namespaced {}
