package dev.twinstack.crd;

import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.STRING;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/// The older form of [BGPPeer], still served. Nothing but the conversion knows it.
@Group(MetalLb.GROUP)
@Version(
        value = MetalLb.V1BETA1,
        storage = false,
        deprecated = true,
        deprecationWarning = "metallb.io/v1beta1 BGPPeer is deprecated, use metallb.io/v1beta2")
@Kind("BGPPeer")
@Singular("bgppeer")
@Plural("bgppeers")
@JsonClassDescription("BGPPeer is a router that the nodes hold a BGP session with.")
@AdditionalPrinterColumn(name = "Address", type = STRING, jsonPath = ".spec.peerAddress")
@AdditionalPrinterColumn(name = "ASN", type = STRING, jsonPath = ".spec.peerASN")
@AdditionalPrinterColumn(name = "BFD Profile", type = STRING, jsonPath = ".spec.bfdProfile")
@AdditionalPrinterColumn(name = "Multi Hops", type = STRING, jsonPath = ".spec.ebgpMultiHop")
public final class BGPPeerV1Beta1 extends CustomResource<BGPPeerV1Beta1Spec, NoStatus>
        implements Namespaced {}
