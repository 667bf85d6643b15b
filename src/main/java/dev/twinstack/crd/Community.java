package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/// Names for BGP communities.
@Group(MetalLb.GROUP)
@Version(MetalLb.V1BETA1)
@Plural("communities")
@JsonClassDescription(
        "Community gives names to BGP communities, for use in BGPAdvertisements. A name may be"
                + " given only once over all objects.")
public final class Community extends CustomResource<CommunitySpec, NoStatus>
        implements Namespaced {}
